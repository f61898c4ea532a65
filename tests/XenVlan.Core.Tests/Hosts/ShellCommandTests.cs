using System.Diagnostics;
using System.Text;
using FsCheck.Fluent;
using Shouldly;
using XenVlan.Hosts;
using XenVlan.Model;
using XenVlan.Tests.Model;
using Xunit;

namespace XenVlan.Tests.Hosts;

public sealed class ShellCommandTests
{
    [Theory]
    [InlineData("/bin/sh", "")]
    [InlineData("dash", "")]
    [InlineData("bash", "")]
    [InlineData("bash", "--posix")]
    [InlineData("busybox", "sh")]
    public void Every_word_reaches_a_program_byte_for_byte(string shell, string argument)
    {
        if (!IsInstalled(shell))
            Assert.Skip($"{shell} is not installed here.");

        Prop.ForAll(
                Generators.Arguments.ArrayOf(40).ToArbitrary(),
                words =>
                {
                    // env is a program of its own, so that the words go through execve.
                    var command = ShellCommand.Of(["env", "printf", "%s\\0", .. words]);
                    Run(shell, argument, command.Text + "\n").ShouldBe(string.Concat(words.Select(w => w + "\0")));
                }
            )
            .Holds(8);
    }

    [Fact]
    public void A_word_with_a_zero_byte_is_refused() =>
        Should.Throw<XenVlanException>(() => ShellCommand.Quote("a\0b")).ErrorId.ShouldBe(ErrorIds.InvalidValue);

    [Theory]
    [InlineData("eth0.10", "eth0.10")]
    [InlineData("", "''")]
    [InlineData("a b", "'a b'")]
    [InlineData("it's", "'it'\\''s'")]
    [InlineData("~root", "'~root'")]
    [InlineData("a=b", "'a=b'")]
    public void Only_words_that_need_it_are_quoted(string word, string quoted) => ShellCommand.Quote(word).ShouldBe(quoted);

    [Fact]
    public void Words_are_written_the_same_in_every_culture() =>
        ShellCommand.Of("ip", "link", "set", "mtu", 1496, "dev", new InterfaceName("eth0")).Text.ShouldBe("ip link set mtu 1496 dev eth0");

    [Fact]
    public void Commands_in_a_row_stop_at_the_first_that_fails() =>
        Run("/bin/sh", "", ShellCommand.All(ShellCommand.Of("printf", "a"), ShellCommand.Of("false"), ShellCommand.Of("printf", "b")).Text)
            .ShouldBe("a");

    [Fact]
    public void A_write_puts_the_value_and_a_line_feed_into_the_file()
    {
        var file = Path.Combine(Path.GetTempPath(), $"xen'vlan {Guid.NewGuid():n}");
        try
        {
            Run("/bin/sh", "", ShellCommand.Write("10 $HOME", file).Text);
            File.ReadAllText(file).ShouldBe("10 $HOME\n");
        }
        finally
        {
            File.Delete(file);
        }
    }

    internal static bool IsInstalled(string program) =>
        Path.IsPathRooted(program)
            ? File.Exists(program)
            : (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(d => File.Exists(Path.Combine(d, program)));

    private static string Run(string shell, string argument, string script)
    {
        var utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        using var process = Process.Start(
            new ProcessStartInfo(shell, argument)
            {
                UseShellExecute = false,
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                StandardInputEncoding = utf8,
                StandardOutputEncoding = utf8,
            }
        )!;
        process.StandardInput.Write(script);
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return output;
    }
}
