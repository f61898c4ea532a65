using System.Diagnostics;
using System.Net.NetworkInformation;
using System.Runtime.Versioning;
using Shouldly;
using XenVlan.Discovery;
using XenVlan.Discovery.Probe;
using XenVlan.Hosts;
using XenVlan.Model;
using XenVlan.Model.Json;
using XenVlan.Tests.Hosts;
using Xunit;
using RuntimeInterface = System.Net.NetworkInformation.NetworkInterface;

namespace XenVlan.Tests.Discovery;

[UnsupportedOSPlatform("windows")]
public sealed class HostReaderTests : IDisposable
{
    private readonly string _programs = Directory.CreateTempSubdirectory("xenvlan-programs-").FullName;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_programs, recursive: true);

    [Fact]
    public async Task This_machine_is_seen_as_its_runtime_sees_it()
    {
        await using var connector = new HostConnector();
        await using var connection = connector.Connect(HostTarget.Local, SshSettings.Default);
        var before = Stopwatch.GetTimestamp();
        var snapshot = await HostReader.ReadAsync(connection, Token);

        connector.ScriptsRun.ShouldBe(1);
        snapshot.HostName.ShouldBe(Environment.MachineName);
        snapshot.Timestamp.ShouldBeInRange(before, Stopwatch.GetTimestamp());
        snapshot.Kernel.ToString().ShouldBe(File.ReadAllText("/proc/sys/kernel/osrelease").Trim());
        snapshot.IsRoot.ShouldBe(Environment.IsPrivilegedProcess);
        var expected = RuntimeInterface.GetAllNetworkInterfaces().Select(i => i.Name).Order(StringComparer.Ordinal);
        snapshot.Interfaces.Select(i => i.Name).Order(StringComparer.Ordinal).ShouldBe(expected);
        foreach (var entry in RuntimeInterface.GetAllNetworkInterfaces())
        {
            var seen = snapshot.FindInterface(entry.Name)!;
            var addresses = entry.GetIPProperties().UnicastAddresses.Select(a => $"{a.Address.ToString().Split('%')[0]}/{a.PrefixLength}");
            seen.Addresses.Select(a => a.ToString()).Order(StringComparer.Ordinal).ShouldBe(addresses.Order(StringComparer.Ordinal));
            seen.Mtu.ShouldBe(int.Parse(File.ReadAllText($"/sys/class/net/{entry.Name}/mtu")));
            (seen.Kind is InterfaceKind.Loopback).ShouldBe(entry.NetworkInterfaceType is NetworkInterfaceType.Loopback);
        }
    }

    [Theory]
    [InlineData("dash")]
    [InlineData("bash")]
    [InlineData("bash --posix")]
    [InlineData("busybox sh")]
    public async Task Every_shell_gives_the_same_snapshot_and_understands_the_whole_script(string shell)
    {
        if (!ShellCommandTests.IsInstalled(shell.Split(' ')[0]))
            Assert.Skip($"{shell} is not installed here.");

        var mine = await ReadAsync(new ShellConnection("/bin/sh"));
        var theirs = await ReadAsync(new ShellConnection(shell));
        theirs.ShouldBe(mine);

        var result = await new ShellConnection(shell).RunAsync(SnapshotScript.Build("mark"), ScriptOptions.Reading, Token);
        result.ExitStatus.ShouldBe(0);
        string[] complaints = ["syntax error", "not found", "unexpected", "illegal", "bad ", "unterminated"];
        complaints.ShouldAllBe(c => !result.ErrorOutput.Contains(c, StringComparison.OrdinalIgnoreCase));
        result
            .Output.Split('\n')
            .Count(l => l.StartsWith("mark begin ", StringComparison.Ordinal))
            .ShouldBe(result.Output.Split('\n').Count(l => l.StartsWith("mark end ", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task The_section_a_program_fails_in_has_its_error()
    {
        Program("ip", "echo 'Cannot open netlink socket: Permission denied' >&2; exit 1");
        Program("ethtool", "echo 'of another program' >&2");
        var result = await new ShellConnection("/bin/sh", _programs).RunAsync(SnapshotScript.Build("mark"), ScriptOptions.Reading, Token);
        var output = SnapshotOutput.Parse(result.Output, result.ErrorOutput, "mark");
        output["addresses"].Error.ShouldBe("Cannot open netlink socket: Permission denied");
        output["addresses"].ExitStatus.ShouldBe(1);
        output["files"].Error.ShouldBe("");
    }

    [Fact]
    public async Task Without_a_working_ip_the_addresses_are_the_same()
    {
        var whole = await HostReader.ReadAsync(new ShellConnection("/bin/sh"), Token);
        Program("ip", "echo 'Object \"addr\" is unknown' >&2; exit 255");
        if (ShellCommandTests.IsInstalled("ifconfig"))
            Addresses(await HostReader.ReadAsync(new ShellConnection("/bin/sh", _programs), Token)).ShouldBe(Addresses(whole));

        Program("ifconfig", "exit 1");
        var routes = await HostReader.ReadAsync(new ShellConnection("/bin/sh", _programs), Token);
        routes.NotSeen.ShouldContain(o => o.What == "some IPv4 addresses, perhaps");
        Addresses(routes).ShouldBe(Addresses(whole));

        // The order of IPv6 addresses is the source's.
        static List<string> Addresses(HostSnapshot snapshot) =>
            [.. snapshot.Interfaces.SelectMany(i => i.Addresses.Select(a => $"{i.Name} {a}")).Order(StringComparer.Ordinal)];
    }

    [Fact]
    public async Task An_ethtool_that_reads_one_interface_at_a_time_gives_the_same_offloads_of_cards()
    {
        if (!ShellCommandTests.IsInstalled("ethtool"))
            Assert.Skip("ethtool is not installed here.");
        var whole = await HostReader.ReadAsync(new ShellConnection("/bin/sh"), Token);
        Program("ethtool", "if [ \"$2\" = '*' ]; then exit 1; fi; PATH=${PATH#*:}; exec ethtool \"$@\"");
        var single = await HostReader.ReadAsync(new ShellConnection("/bin/sh", _programs), Token);
        var cards = whole.Interfaces.Where(i => i.Kind is InterfaceKind.Physical).ToList();
        cards.ShouldNotBeEmpty();
        cards.ShouldAllBe(c => single.FindInterface(c.Name)!.Offloads == c.Offloads && c.Offloads != null);
    }

    [Fact]
    public async Task A_program_that_prints_what_looks_like_a_section_does_not_begin_one()
    {
        Program("ip", "echo 'xenvlan-0000000000000000 begin host'; echo FreeBSD; echo 'xenvlan-0000000000000000 end 0'");
        (await HostReader.ReadAsync(new ShellConnection("/bin/sh", _programs), Token)).Kernel.IsAtLeast(2, 6).ShouldBeTrue();
    }

    [Fact]
    public async Task More_files_than_a_command_can_name_are_read_too()
    {
        var whole = await ReadAsync(new ShellConnection("/bin/sh"));

        // The shell's status for "Argument list too long", unless xargs gives the arguments.
        Program(
            "grep",
            "read -r parent </proc/$PPID/comm; if [ \"$parent\" != xargs ] && [ $# -gt 9 ]; then exit 126; fi; PATH=${PATH#*:}; exec "
                + "grep \"$@\""
        );
        (await ReadAsync(new ShellConnection("/bin/sh", _programs))).ShouldBe(whole);
    }

    [Fact]
    public async Task One_script_is_enough()
    {
        var connection = new ShellConnection("/bin/sh");
        await HostReader.ReadAsync(connection, Token);
        connection.ScriptsRun.ShouldBe(1);
    }

    private void Program(string name, string script)
    {
        var file = Path.Combine(_programs, name);
        File.WriteAllText(file, "#!/bin/sh\n" + script + "\n");
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    // Without what changes from one moment to the next, and without the programs: a busybox shell brings its own.
    private static async Task<string> ReadAsync(IHostConnection connection)
    {
        var snapshot = await HostReader.ReadAsync(connection, Token);
        return XenVlanJson.SerializeSnapshot(
            snapshot with
            {
                TakenAt = default,
                Programs = [],
                Interfaces = [.. snapshot.Interfaces.Select(i => i with { Counters = null })],
            }
        );
    }
}
