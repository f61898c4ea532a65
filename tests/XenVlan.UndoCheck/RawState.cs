using System.Text.RegularExpressions;
using XenVlan.Model;
using XenVlan.Model.Json;

namespace XenVlan.UndoCheck;

/// <summary>All that a host shows of its network, but for what changes by itself and what docs/transactions.md says does not come
/// back.</summary>
internal static partial class RawState
{
    /// <summary>The script that shows it, in the words of iproute2.</summary>
    public const string Script = """
        n=0
        # Links come up, and the kernel gives addresses, some moments after a command.
        while [ $n -lt 30 ]; do
            xv_now=$(ip -o link show; ip -o address show; ip -6 route show table all)
            # One that is up and has neither a link nor none has something to come (net/core/link_watch.c).
            xv_awaited=$(printf '%s\n' "$xv_now" | grep '[<,]UP[,>]' | grep -v -e LOWER_UP -e NO-CARRIER)
            if [ "$xv_now" = "$xv_was" ] && [ -z "$xv_awaited" ]; then break; fi
            xv_was=$xv_now
            n=$((n + 1))
            sleep 0.7
        done
        echo '# ip -d link'; ip -d -o link show
        echo '# ip addr'; ip -o address show
        echo '# ip route'; ip -4 -o route show table all | sed 's/^/-4 /'; ip -6 -o route show table all | sed 's/^/-6 /'
        echo '# ip rule'; ip rule show; ip -6 rule show
        echo '# bridge vlan'; bridge vlan show | while read -r word rest; do
            case $word in [0-9]*) echo "vlan $port $word $rest" ;; *) port=$word; echo "vlan $port $rest" ;; esac
        done
        echo '# bridge -d link'; bridge -d -o link show
        echo '# sysctls'; grep -H '' /proc/sys/net/ipv[46]/conf/*/* 2>/dev/null || true
        """;

    /// <summary>What the script printed, for comparing.</summary>
    /// <param name="printed">What it printed.</param>
    /// <param name="was">The host in the beginning.</param>
    /// <param name="later">The host in the end.</param>
    /// <returns>The lines, in order.</returns>
    public static IReadOnlyList<string> Lines(string printed, HostSnapshot was, HostSnapshot later) =>
        [
            .. printed
                .Split('\n')
                .Select(l => Line(Number().Replace(l, ""), was, later))
                .Where(l => l.Length > 0)
                .Order(StringComparer.Ordinal),
        ];

    /// <summary>What a snapshot holds, for comparing.</summary>
    /// <param name="snapshot">The snapshot.</param>
    /// <param name="was">The host in the beginning.</param>
    /// <param name="later">The host in the end.</param>
    /// <returns>The lines, in order.</returns>
    public static IReadOnlyList<string> Lines(HostSnapshot snapshot, HostSnapshot was, HostSnapshot later) =>
        [
            .. snapshot
                .Interfaces.OrderBy(i => i.Name, StringComparer.Ordinal)
                .SelectMany(i =>
                    XenVlanJson
                        .SerializeSnapshot(snapshot with { TakenAt = DateTimeOffset.UnixEpoch, Interfaces = [ByItself(i, was, later)] })
                        .Split('\n')
                        .Select(l => $"snapshot {i.Name}: {l.Trim().TrimEnd(',')}")
                ),
        ];

    /// <summary>A bridge without who listens to multicasts behind it: they come and go.</summary>
    /// <param name="bridge">The bridge; null for none.</param>
    /// <returns>The rest of it.</returns>
    public static BridgeDetails? WithoutListeners(BridgeDetails? bridge) =>
        bridge is { Snooping: { } snooping }
            ? bridge with
            {
                Snooping = snooping with { HasMldQuerier = null, RouterPorts = null, Members = null },
            }
            : bridge;

    private static string Line(string line, HostSnapshot was, HostSnapshot later)
    {
        var name = line.StartsWith('-') ? line.Split(" dev ")[^1].Split(' ')[0] : line.Split(' ', ':', '@')[0];
        if (LinkLocal().IsMatch(line) && HasFirstLinkLocal(name, was, later))
            return "";
        line = ByItself().Replace(line, "");
        if (line.Contains("link/", StringComparison.Ordinal) && !Up().IsMatch(line))
            line = Promiscuity().Replace(line, "");
        if (LostAddress(name, later))
            line = EthernetAddress().Replace(line, "");
        if (PortlessBridge(name, later) is not null)
            line = Promiscuity().Replace(Carrier().Replace(line, ""), "");
        return line.Trim();
    }

    // The kernel counts what makes a link promiscuous when it is up.
    private static NetworkInterface ByItself(NetworkInterface one, HostSnapshot was, HostSnapshot later) =>
        one with
        {
            Index = 0,
            Counters = null,
            IsPromiscuous = one.IsUp && one.IsPromiscuous && PortlessBridge(one.Name, later) is null,
            HasCarrier = one.HasCarrier && PortlessBridge(one.Name, later) is null,
            Mac = LostAddress(one.Name, later) ? null : one.Mac,
            Addresses = HasFirstLinkLocal(one.Name, was, later) ? [.. one.Addresses.Where(a => !a.IsLinkLocal)] : one.Addresses,
            Port = one.Port is { } port ? port with { Number = 0 } : null,
            Bridge = WithoutListeners(one.Bridge),
        };

    // docs/transactions.md: "the address of a bridge that had no port", and of what is a VLAN of it.
    private static bool LostAddress(string name, HostSnapshot later) =>
        PortlessBridge(name, later) is not null && later.FindInterface(name)!.Mac == MacAddress.Parse("00:00:00:00:00:00");

    // docs/transactions.md: "the first link-local address of an interface".
    private static bool HasFirstLinkLocal(string name, HostSnapshot was, HostSnapshot later) =>
        was.FindInterface(name) is { HasCarrier: false } before
        && !before.Addresses.Any(a => a.IsLinkLocal)
        && later.FindInterface(name) is { HasCarrier: false };

    // docs/transactions.md: "the carrier of a bridge that had no port".
    private static NetworkInterface? PortlessBridge(string name, HostSnapshot later)
    {
        var link = later.FindInterface(name);
        while (link?.Vlan is { } vlan)
            link = later.FindInterface(vlan.Parent);
        return link is { Bridge: not null } && !later.Interfaces.Any(i => i.Master == link.Name) ? link : null;
    }

    // A bridge port's number is the smallest that was free when it came; what a bridge can segment follows its ports.
    [GeneratedRegex(
        @"tso_max_[a-z]+ [0-9]+|[a-z_]+_timer +[0-9.]+|qdisc [^ ]+|qlen [0-9]+|port_id [^ ]+|port_no [^ ]+"
            + @"|designated_port [^ ]+|(?<=valid_lft )[0-9]+sec|(?<=expires )[0-9]+sec|(?<=linkinfo.*)\bactive_slave [^ ]+",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex ByItself();

    [GeneratedRegex("^[^<]*<([^>]*,)?UP[,>]", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Up();

    [GeneratedRegex(
        "^[^ ]+ +inet6 fe80:|^-6 (fe80:|local fe80:|multicast ff00:)",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex LinkLocal();

    [GeneratedRegex("NO-CARRIER,|,LOWER_UP|(?<= )state [A-Z]+ | linkdown", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Carrier();

    [GeneratedRegex(" promiscuity [0-9]+", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Promiscuity();

    [GeneratedRegex(
        "(?<=link/ether |(bridge_id|designated_root) )[0-9a-f.:]+",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex EthernetAddress();

    [GeneratedRegex("^[0-9]+: ", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Number();
}
