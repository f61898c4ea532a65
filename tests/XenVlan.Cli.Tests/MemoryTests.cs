using System.Diagnostics;
using System.Globalization;
using System.Runtime.Versioning;
using System.Text.Json;
using Shouldly;
using Xunit;

namespace XenVlan.Cli.Tests;

/// <summary>
/// Hosts that print very much: this machine's shell behind an ssh of ours, with programs that do. The command's garbage-collected
/// memory has a limit that the runtime keeps, so that what needs more fails, however fast or slow the machine.
/// </summary>
[UnsupportedOSPlatform("windows")]
public sealed class MemoryTests : IDisposable
{
    private const int MebiByte = 1024 * 1024;

    // What the command takes with a host that prints little, and all that was not collected yet.
    private const int Own = 32;
    private const int EachHost = 32;

    private readonly string _home = Directory.CreateTempSubdirectory("xenvlan-memory-").FullName;

    public MemoryTests() =>
        Program("ssh", $"for word; do case $word in host-*) PATH={_home}/$word:$PATH; export PATH ;; esac; done; exec sh");

    public void Dispose() => Directory.Delete(_home, recursive: true);

    [Fact]
    public async Task Hosts_that_print_without_end_are_given_up_within_32_MB_each()
    {
        string[] endless =
        [
            "exec base64 -w 200 /dev/urandom",
            "exec base64 -w 200 /dev/urandom",
            "exec base64 -w 200 /dev/urandom",
            "exec base64 -w 200 /dev/urandom",
            "exec base64 -w 0 /dev/urandom",
            "exec yes ''",
            "exec yes",
            "i=0; while :; do i=$((i + 1)); printf '%s: vif%s.0: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 master xenbr0\\n' $i $i; "
                + "done | awk '{ for (;;) print }'",
        ];
        for (var i = 0; i < endless.Length; i++)
            Program(string.Create(CultureInfo.InvariantCulture, $"host-{i}/ip"), endless[i]);

        var result = await RunAsync(
            Own + (endless.Length * EachHost),
            "show",
            "hosts",
            "--host",
            string.Join(',', endless.Select((_, i) => string.Create(CultureInfo.InvariantCulture, $"host-{i}"))),
            "--timeout",
            "1000",
            "-o",
            "json"
        );

        result
            .Error.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(l => JsonDocument.Parse(l).RootElement.GetProperty("error").GetProperty("id").GetString())
            .ShouldBe(Enumerable.Repeat("XenVlan.OutputTooLarge", endless.Length), result.Error);
        result.ExitStatus.ShouldBe(3);
    }

    [Fact]
    public async Task A_hundred_thousand_interfaces_are_read_whole()
    {
        const int interfaces = 100_000;
        const int ports = 50;

        // Its snapshot takes some 60 MB, and what the host said, until it is put together, as much again and more.
        const int snapshot = 130;
        string[] all =
        [
            "ifindex:{1}",
            "iflink:{1}",
            "address:{2}",
            "mtu:1500",
            "flags:0x1003",
            "carrier:1",
            "type:1",
            "uevent:INTERFACE={0}",
            "statistics/rx_packets:{3}",
            "statistics/tx_packets:{4}",
            "statistics/rx_dropped:0",
            "statistics/tx_dropped:0",
        ];
        string[] ofPorts =
        [
            "master/ifindex:{5}",
            "brport/bridge/ifindex:{5}",
            "brport/port_no:0x1",
            "brport/state:3",
            "brport/hairpin_mode:0",
            "brport/isolated:0",
            "brport/learning:1",
            "brport/unicast_flood:1",
            "brport/broadcast_flood:1",
            "brport/multicast_flood:1",
            "brport/neigh_suppress:0",
            "brport/proxyarp:0",
            "brport/multicast_router:1",
            "brport/multicast_to_unicast:0",
        ];
        string[] ofBridges =
        [
            "bridge/vlan_filtering:1",
            "bridge/default_pvid:1",
            "bridge/vlan_protocol:0x8100",
            "bridge/stp_state:0",
            "bridge/multicast_snooping:1",
            "bridge/multicast_querier:0",
            "bridge/multicast_router:1",
        ];
        const string bridgeDetails = "bridge forward_delay 0 mcast_vlan_snooping 0 mst_enabled 0";
        const string portDetails =
            "bridge_slave state forwarding priority 32 cost 100 hairpin off guard off root_block off fastleave off learning on "
            + "flood on port_id 0x8001 designated_bridge 8000.fe:ff:0:0:0:2 proxy_arp off mcast_router 1 neigh_suppress off "
            + "vlan_tunnel off isolated off locked ";
        static bool IsBridge(int i) => i % ports == 0;
        static string Details(int i) => IsBridge(i) ? bridgeDetails : portDetails + (i % 1000 == 7 ? "on" : "off");
        static string Name(int i) => IsBridge(i) ? $"br{i}" : $"vif{i}.0";
        static string Mac(int i) => $"fe:ff:{i >> 24 & 255:x2}:{i >> 16 & 255:x2}:{i >> 8 & 255:x2}:{i & 255:x2}";
        Write(
            "files",
            from attribute in all.Concat(ofPorts).Concat(ofBridges)
            from i in Enumerable.Range(0, interfaces)
            where all.Contains(attribute) || IsBridge(i) == ofBridges.Contains(attribute)
            select string.Format(
                CultureInfo.InvariantCulture,
                "./{0}/" + attribute,
                Name(i),
                i + 1,
                Mac(i),
                i * 7919L % 1000003,
                i * 104729L % 1000003,
                i - (i % ports) + 1
            )
        );
        Write(
            "links",
            from i in Enumerable.Range(0, interfaces)
            select string.Create(
                CultureInfo.InvariantCulture,
                $@"{i + 1}: {Name(i)}: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc mq state UP mode DEFAULT group default "
                    + $@"qlen 2048\    link/ether {Mac(i)} brd ff:ff:ff:ff:ff:ff promiscuity 1 \    {Details(i)} numtxqueues 8 "
            )
        );
        Write(
            "addresses",
            from i in Enumerable.Range(0, interfaces)
            select string.Create(
                CultureInfo.InvariantCulture,
                $@"{i + 1}: {Name(i)}    inet 10.{i >> 16 & 255}.{i >> 8 & 255}.{i & 255}/24 scope global {Name(i)}"
                    + $@"\       valid_lft forever preferred_lft forever"
            )
        );
        Write(
            "vlans",
            from i in Enumerable.Range(0, interfaces)
            select string.Create(CultureInfo.InvariantCulture, $"{Name(i)}\t1 PVID Egress Untagged\n\t{10 + (i % 100)}")
        );
        Program("host-0/grep", $"case $* in *ifindex*) exec cat {_home}/files ;; esac; PATH=${{PATH#*:}}; exec grep \"$@\"");
        Program("host-0/ip", $"case $* in *link*) exec cat {_home}/links ;; esac; exec cat {_home}/addresses");
        Program("host-0/bridge", $"case $* in *vlan*) exec cat {_home}/vlans ;; esac");

        var result = await RunAsync(Own + EachHost + snapshot, "show", "hosts", "--host", "host-0", "--timeout", "1000", "-o", "json");

        result.ExitStatus.ShouldBe(0, result.Error);
        using var document = JsonDocument.Parse(result.Output);
        var host = document.RootElement.EnumerateArray().ShouldHaveSingleItem();
        result
            .Output.Split(['"', ',', ';', ' ', '\n'])
            .Where(w => w is ['b', 'r', >= '0' and <= '9', ..])
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal)
            .ShouldBe(Enumerable.Range(0, interfaces).Where(IsBridge).Select(Name).Order(StringComparer.Ordinal));
        host.GetProperty("hostName").GetString().ShouldBe("host-0");
    }

    private void Write(string name, IEnumerable<string> lines) => File.WriteAllLines(Path.Combine(_home, name), lines);

    private void Program(string name, string script)
    {
        var path = Path.Combine(_home, name);
        _ = Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, $"#!/bin/sh\n{script}\n");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    private async Task<CliResult> RunAsync(int mebiBytes, params string[] arguments)
    {
        var start = new ProcessStartInfo(Cli.Program, arguments)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["PATH"] = $"{_home}:{start.Environment["PATH"]}";
        start.Environment["DOTNET_gcServer"] = "0";
        start.Environment["DOTNET_GCHeapHardLimit"] = ((long)mebiBytes * MebiByte).ToString("x", CultureInfo.InvariantCulture);
        using var process = Process.Start(start)!;
        try
        {
            return await Cli.EndAsync(process);
        }
        finally
        {
            process.Kill(entireProcessTree: true);
        }
    }
}
