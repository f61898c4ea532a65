using System.Runtime.Versioning;
using Shouldly;
using XenVlan.Changes.Persistence.Files;
using XenVlan.Tests.Discovery;
using XenVlan.Tests.Hosts;
using Xunit;

namespace XenVlan.Tests.Changes.Persistence;

[UnsupportedOSPlatform("windows")]
public sealed class ScriptLinesReaderTests : IDisposable
{
    private readonly string _home = Directory.CreateTempSubdirectory("xenvlan-scripts").FullName;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_home, recursive: true);

    [Theory]
    [InlineData("dash")]
    [InlineData("bash --posix")]
    [InlineData("busybox sh")]
    public async Task The_lines_that_speak_of_making_VLAN_interfaces_are_found(string shell)
    {
        Assert.SkipUnless(ShellCommandTests.IsInstalled(shell.Split(' ')[0]), $"{shell} is not installed here.");
        await WriteAsync("rc.local", "#!/bin/sh\nip link add link eth2 name eth2.30 type  vlan id 30\nexit 0\n");
        await WriteAsync("with a space", "vconfig add eth2 31\n");
        await WriteAsync("-n", "vconfig add eth2 32");
        await WriteAsync("large", "vconfig add eth2 33\n" + new string('x', 200_000));
        await WriteAsync("long", "vconfig add eth2 34 " + new string('y', 10_000) + "\n");
        await WriteAsync("two\nlines", "vconfig add eth2 35\n");
        await WriteAsync("other", "nothing\n");
        _ = Directory.CreateDirectory(Path.Combine(_home, "directory"));
        _ = File.CreateSymbolicLink(Path.Combine(_home, "link"), "rc.local");
        _ = File.CreateSymbolicLink(Path.Combine(_home, "lost"), "no such file");
        _ = File.CreateSymbolicLink(Path.Combine(_home, "endless"), "/dev/zero");
        _ = File.CreateSymbolicLink(Path.Combine(_home, "kmsg"), "/proc/kmsg");

        var lines = await ScriptLinesReader.ReadAsync(new ShellConnection(shell), [_home + "/*", _home + "/none/*"], Stop);

        lines
            .Select(l => (Path.GetFileName(l.Path), l.Number))
            .ShouldBe([("-n", 1), ("link", 2), ("long", 1), ("rc.local", 2), ("with a space", 1)], ignoreOrder: true);
        lines
            .Single(l => l.Path.EndsWith("rc.local", StringComparison.Ordinal))
            .Text.ShouldBe("ip link add link eth2 name eth2.30 type  vlan id 30");
        lines.ShouldAllBe(l => l.Text.Length <= 400);
    }

    [Fact]
    public void What_is_no_line_of_a_file_is_passed_over() =>
        ScriptLinesReader.Parse("Binary file /a matches\n/a:1\n/a:99999999999:x\n\n/a:2:b:c\n").ShouldBe([new ScriptLine("/a", 2, "b:c")]);

    private Task WriteAsync(string name, string text) => File.WriteAllTextAsync(Path.Combine(_home, name), text, Stop);
}
