using XenVlan.Model;

namespace XenVlan.Discovery.Filters;

/// <summary>Reads the conditions of iptables and ebtables, which are options of a command (<c>iptables-extensions(8)</c>,
/// <c>ebtables-nft(8)</c>).</summary>
internal static class OptionMatches
{
    // Options that say nothing about which packets match.
    private static readonly HashSet<string> Remarks = new(StringComparer.Ordinal)
    {
        "-m",
        "--comment",
        "--log",
        "--log-level",
        "--log-prefix",
        "--log-ip",
        "--log-arp",
        "--nflog",
        "--nflog-group",
        "--nflog-prefix",
        "--ulog",
    };

    /// <summary>Reads the conditions.</summary>
    /// <param name="options">The rule's words, without chain and target.</param>
    /// <param name="isBridge">Whether <c>-i</c> and <c>-o</c> are ports of a bridge, as ebtables has them.</param>
    public static IReadOnlyList<PacketFilterMatch> Read(IReadOnlyList<string> options, bool isBridge = false)
    {
        var found = new List<PacketFilterMatch>();
        for (var i = 0; i < options.Count; i++)
        {
            // "! -i eth0" since iptables 1.4.3, "-i ! eth0" before, and in ebtables.
            var isNegated = options[i] == "!";
            if (isNegated && ++i == options.Count)
                break;
            var option = options[i];
            if (!isNegated && i + 1 < options.Count && options[i + 1] == "!")
            {
                isNegated = true;
                i++;
            }

            var hasValue = i + 1 < options.Count && !options[i + 1].StartsWith('-') && options[i + 1] != "!";
            var value = hasValue ? options[++i] : "";
            if (Remarks.Contains(option))
                continue;
            found.Add(hasValue ? Match(option, value, isNegated, isBridge) : Flag(option, isNegated));
        }

        return found;
    }

    private static PacketFilterMatch Flag(string option, bool isNegated) =>
        option switch
        {
            // Whatever crosses a bridge is bridged.
            "--physdev-is-bridged" => new PacketFilterMatch(PacketFilterMatchKind.InPort, ["*"], isNegated),
            "--physdev-is-in" => new PacketFilterMatch(PacketFilterMatchKind.InPort, ["*"], isNegated),
            "--physdev-is-out" => new PacketFilterMatch(PacketFilterMatchKind.OutPort, ["*"], isNegated),
            _ => PacketFilterMatch.Other,
        };

    private static PacketFilterMatch Match(string option, string value, bool isNegated, bool isBridge)
    {
        PacketFilterMatchKind? kind = option switch
        {
            "-i" => isBridge ? PacketFilterMatchKind.InPort : PacketFilterMatchKind.InInterface,
            "-o" => isBridge ? PacketFilterMatchKind.OutPort : PacketFilterMatchKind.OutInterface,
            "--physdev-in" => PacketFilterMatchKind.InPort,
            "--physdev-out" => PacketFilterMatchKind.OutPort,
            "--logical-in" or "--logical-out" => PacketFilterMatchKind.Bridge,
            "--vlan-id" => PacketFilterMatchKind.Vlan,
            "-p" => isBridge ? PacketFilterMatchKind.EtherType : PacketFilterMatchKind.Protocol,
            "--ip-proto" or "--ip-protocol" or "--ip6-proto" or "--ip6-protocol" => PacketFilterMatchKind.Protocol,
            "-s" or "-d" when isBridge => null,
            "-s" or "--ip-src" or "--ip-source" or "--ip6-src" or "--ip6-source" or "--arp-ip-src" or "--src-range" =>
                PacketFilterMatchKind.Source,
            "-d" or "--ip-dst" or "--ip-destination" or "--ip6-dst" or "--ip6-destination" or "--arp-ip-dst" or "--dst-range" =>
                PacketFilterMatchKind.Destination,
            "--sport" or "--sports" or "--source-port" or "--ip-sport" or "--ip6-sport" or "--ip-source-port" =>
                PacketFilterMatchKind.SourcePort,
            "--icmp-type" or "--icmpv6-type" when Icmp.Number(value) is not null => PacketFilterMatchKind.IcmpType,
            "--ctstate" or "--state" when value.ToLowerInvariant().Split(',').All(s => State(s) is not null) => PacketFilterMatchKind.State,
            "--dport" or "--dports" or "--destination-port" or "--ip-dport" or "--ip6-dport" or "--ip-destination-port" =>
                PacketFilterMatchKind.Port,
            _ => null,
        };
        return kind is { } known ? new PacketFilterMatch(known, Values(known, value), isNegated) : PacketFilterMatch.Other;
    }

    private static IReadOnlyList<string> Values(PacketFilterMatchKind kind, string value) =>
        kind switch
        {
            // Names of interfaces end with "+" for anything.
            PacketFilterMatchKind.InPort
            or PacketFilterMatchKind.OutPort
            or PacketFilterMatchKind.InInterface
            or PacketFilterMatchKind.OutInterface
            or PacketFilterMatchKind.Bridge => [value.EndsWith('+') ? value[..^1] + "*" : value],
            PacketFilterMatchKind.IcmpType => [Icmp.Number(value)!],
            PacketFilterMatchKind.State => [.. value.ToLowerInvariant().Split(',')],
            PacketFilterMatchKind.Port or PacketFilterMatchKind.SourcePort => [.. value.Split(',').Select(p => p.Replace(':', '-'))],
            PacketFilterMatchKind.EtherType => [EtherType(value)],
            PacketFilterMatchKind.Protocol => [Protocol(value)],
            _ => [value],
        };

    /// <summary>A state of connection tracking.</summary>
    /// <param name="name">Its name, in small letters.</param>
    /// <returns>The name; null where it is none that is understood, as those of translated addresses.</returns>
    internal static string? State(string name) => name is "new" or "established" or "related" or "untracked" or "invalid" ? name : null;

    private static string Protocol(string value) =>
        value.ToLowerInvariant() switch
        {
            "ipv6-icmp" => "icmpv6",
            var other => other,
        };

    private static string EtherType(string value) =>
        value.ToUpperInvariant() switch
        {
            "IPV4" => "ip",
            "IPV6" => "ip6",
            "ARP" => "arp",
            "802_1Q" => "vlan",
            _ => value.ToLowerInvariant(),
        };
}
