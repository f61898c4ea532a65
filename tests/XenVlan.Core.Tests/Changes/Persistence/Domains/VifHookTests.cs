using System.Diagnostics;
using System.Runtime.Versioning;
using Shouldly;
using XenVlan.Changes.Persistence.Domains;
using Xunit;

namespace XenVlan.Tests.Changes.Persistence.Domains;

/// <summary>The hook, sourced as Xen's scripts do it, with programs that only say how they were called.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class VifHookTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("xenvlan-hook-").FullName;

    public VifHookTests()
    {
        foreach (var program in new[] { "ip", "bridge", "ethtool", "logger" })
            Program(program, $"echo {program} \"$*\" >> '{_directory}/calls'");
        Store(("/local/domain/5/name", "web"), ("backend/vif/5/0/bridge", "xenbr0"), ("/local/domain/5/device/vif/0/mtu", "1500"));
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Theory]
    [InlineData("0 10p - - - web", "bridge vlan del dev vif5.0 vid 1-4094|bridge vlan add dev vif5.0 vid 10 pvid untagged")]
    [InlineData(
        "0 5pt/20-29/7u - - - web",
        "bridge vlan del dev vif5.0 vid 1-4094|bridge vlan add dev vif5.0 vid 5 pvid|bridge vlan add dev vif5.0 vid 20-29|bridge vlan "
            + "add dev vif5.0 vid 7 untagged"
    )]
    [InlineData("0 none - - - web", "bridge vlan del dev vif5.0 vid 1-4094")]
    [InlineData(
        "0 - 1400 off xenbr0>xenbr10 web",
        "ip link set dev vif5.0 master xenbr10|ip link set dev vif5.0 mtu 1400|ethtool -K vif5.0 tx off"
    )]
    [InlineData("0 - 1500>1400 - xenbr1>xenbr10 web", "ip link set dev vif5.0 mtu 1400")]
    [InlineData("0 - default>1400 - - web", "")]
    [InlineData("1 10p - - - web\n0 10p - - - web2\n# 0 10p - - - web\n0 10p - - - the web", "")]
    public void A_nic_is_connected_as_its_line_says(string table, string calls)
    {
        Table(table);

        Run("online").ShouldBe(calls.Split('|', StringSplitOptions.RemoveEmptyEntries));
    }

    [Theory]
    [InlineData("the  web", "the  web")]
    [InlineData("a*b", "a*b")]
    [InlineData("web--incoming", "web")]
    public void The_domain_is_known_by_its_name(string running, string inTable)
    {
        Store(("/local/domain/5/name", running));
        Table($"0 - 1400 - - {inTable}");

        Run("add", path: "/local/domain/0/backend/vif/5/0").ShouldBe(["ip link set dev vif5.0 mtu 1400"]);
    }

    [Fact]
    public void The_name_of_a_domain_of_xend_is_under_vm()
    {
        Store(("/local/domain/5/vm", "/vm/1234"), ("/vm/1234/name", "web"));
        Table("0 - 1400 - - web");

        Run("online").ShouldBe(["ip link set dev vif5.0 mtu 1400"]);
    }

    [Theory]
    [InlineData("offline")]
    [InlineData("remove")]
    public void A_nic_that_goes_is_left_alone(string command)
    {
        Table("0 10p - - - web");

        Run(command).ShouldBeEmpty();
    }

    [Fact]
    public void Without_the_table_nothing_happens() => Run("online").ShouldBeEmpty();

    [Fact]
    public void What_fails_is_logged_and_the_rest_goes_on()
    {
        Program("bridge", "echo 'no bridge' >&2; exit 2");
        Program("ethtool", "exit 1");
        Table("0 10p 1400 off - web");

        Run("online")
            .ShouldBe([
                "ip link set dev vif5.0 mtu 1400",
                "logger -t xenvlan -p daemon.err -- vif5.0: ethtool -K vif5.0 tx off failed: ",
                "logger -t xenvlan -p daemon.err -- vif5.0: bridge vlan del dev vif5.0 vid 1-4094 failed: no bridge",
                "logger -t xenvlan -p daemon.err -- vif5.0: bridge vlan add dev vif5.0 vid 10 pvid untagged failed: no bridge",
            ]);
    }

    [Fact]
    public void A_xenstore_without_answer_or_no_programs_at_all_do_no_harm()
    {
        Table("0 10p 1400 off - web");
        Store();
        Run("online").ShouldHaveSingleItem().ShouldContain("no name for domain 5");

        Program("logger", "exit 1");
        Program("xenstore-read", "exit 127");
        Run("online").ShouldNotBeNull();
    }

    private void Table(string lines) => File.WriteAllText(Path.Combine(_directory, "vifs"), lines);

    private void Store(params (string Path, string Value)[] values) =>
        Program(
            "xenstore-read",
            string.Concat(values.Select(v => $"[ \"$1\" != '{v.Path}' ] || {{ echo '{v.Value}'; exit 0; }}\n")) + "exit 1"
        );

    private void Program(string name, string script)
    {
        var path = Path.Combine(_directory, name);
        File.WriteAllText(path, "#!/bin/sh\n" + script + "\n");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    // As call_hooks does: sourced within a function, with errexit and a trap on errors, and what comes after must be reached.
    private string[] Run(string command, string path = "backend/vif/5/0")
    {
        string[]? first = null;
        var hook = Path.Combine(_directory, "50-xenvlan.hook");
        File.WriteAllText(hook, VifHook.Text.Replace(VifTable.Path, Path.Combine(_directory, "vifs"), StringComparison.Ordinal));
        foreach (var shell in new[] { "bash", "dash" })
        {
            File.Delete(Path.Combine(_directory, "calls"));
            var trap = shell is "bash" ? "trap 'echo died' ERR; " : "";
            var script =
                $"set -e; {trap}command={command}; dev=vif5.0; XENBUS_PATH={path}; f=1; hooks() {{ . '{hook}'; }}; hooks; echo reached "
                + $"$f $dev";
            var start = new ProcessStartInfo(shell, ["-c", script])
            {
                UseShellExecute = false,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            };
            start.Environment["PATH"] = _directory + ":" + start.Environment["PATH"];
            using var process = Process.Start(start)!;
            _ = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            process.StandardOutput.ReadToEnd().ShouldBe("reached 1 vif5.0\n", shell);
            process.WaitForExit();
            var calls = File.Exists(Path.Combine(_directory, "calls")) ? File.ReadAllLines(Path.Combine(_directory, "calls")) : [];
            (first ??= calls).ShouldBe(calls, shell);
        }

        return first!;
    }
}
