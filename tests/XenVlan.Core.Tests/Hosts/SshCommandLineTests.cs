using Shouldly;
using XenVlan.Hosts;
using XenVlan.Model;
using Xunit;

namespace XenVlan.Tests.Hosts;

public sealed class SshCommandLineTests
{
    [Fact]
    public void What_the_host_is_named_with_wins_over_the_settings()
    {
        var arguments = SshCommandLine.Build(
            HostTarget.Parse("root@xen1:2222"),
            new SshSettings
            {
                UserName = "admin",
                Port = 22,
                KeyFilePath = "/k",
                ConfigFile = "/c",
            }
        );
        After(arguments, "-l").ShouldBe("root");
        After(arguments, "-p").ShouldBe("2222");
        After(arguments, "-i").ShouldBe("/k");
        After(arguments, "-F").ShouldBe("/c");
        arguments.TakeLast(3).ShouldBe(["--", "xen1", "exec sh"]);
    }

    [Fact]
    public void What_is_not_set_is_left_to_ssh_config()
    {
        var arguments = SshCommandLine.Build(HostTarget.Parse("xen1"), SshSettings.Default);
        foreach (var option in new[] { "-l", "-p", "-i", "-F" })
            arguments.ShouldNotContain(option);
    }

    [Fact]
    public void A_user_s_option_comes_before_ours_as_ssh_keeps_the_first()
    {
        var settings = new SshSettings
        {
            Options = new Dictionary<string, string>(StringComparer.Ordinal) { ["ServerAliveInterval"] = "5" },
        };
        var arguments = SshCommandLine.Build(HostTarget.Parse("xen1"), settings).ToList();
        arguments.IndexOf("ServerAliveInterval=5").ShouldBeInRange(0, arguments.IndexOf("ServerAliveInterval=10") - 1);
    }

    [Fact]
    public void Host_keys_are_left_to_ssh_config() =>
        SshCommandLine
            .Build(HostTarget.Parse("xen1"), SshSettings.Default)
            .ShouldNotContain(a =>
                a.Contains("HostKey", StringComparison.OrdinalIgnoreCase) || a.Contains("KnownHosts", StringComparison.OrdinalIgnoreCase)
            );

    [Theory]
    [InlineData("Proxy Command", "x")]
    [InlineData("", "x")]
    [InlineData("User=x\nProxyCommand", "x")]
    [InlineData("User", "x\nProxyCommand id")]
    public void What_is_no_option_is_refused(string name, string value) =>
        Should
            .Throw<XenVlanException>(() =>
                SshCommandLine.Build(
                    HostTarget.Parse("xen1"),
                    new SshSettings { Options = new Dictionary<string, string>(StringComparer.Ordinal) { [name] = value } }
                )
            )
            .ErrorId.ShouldBe(ErrorIds.InvalidValue);

    private static string After(IReadOnlyList<string> arguments, string option) => arguments[arguments.ToList().IndexOf(option) + 1];
}
