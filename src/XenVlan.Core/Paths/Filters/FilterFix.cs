using XenVlan.Discovery.Filters;
using XenVlan.Hosts;
using XenVlan.Model;
using XenVlan.Paths.Frames;

namespace XenVlan.Paths.Filters;

/// <summary>Says how a packet filter is made to let a packet pass.</summary>
internal static class FilterFix
{
    /// <summary>The command that fixes it, as narrow as can be.</summary>
    /// <param name="host">The host.</param>
    /// <param name="link">The interface at which the packet is dropped.</param>
    /// <param name="rule">The rule.</param>
    /// <param name="content">What is in the packet.</param>
    /// <returns>
    /// The command, and what else is to be known of it: one that deletes a rule for just these frames; but before one that
    /// other packets meet too, such as those that a host routes, one more that accepts.
    /// </returns>
    public static (ShellCommand Command, string? Remark) Of(
        HostSnapshot host,
        NetworkInterface link,
        PacketFilterRule rule,
        FrameContent content
    )
    {
        var chain = Asked(host, rule);
        if (chain is null || IsOfThese(rule, link))
            return (Delete(rule), null);
        var bridge = link.Bridge is not null ? link.Name : link.Master ?? link.Name;
        var accept = rule.Family is "bridge" ? AcceptFrames(rule, chain, bridge) : AcceptPackets(rule, chain, link.Name, bridge, content);
        var isCalled =
            rule.Family is not "bridge"
            && chain.Hook is PacketFilterHook.Prerouting or PacketFilterHook.Forward or PacketFilterHook.Postrouting
            && link.Master is not null;
        return (
            accept,
            isCalled
                ? $"what this host routes still meets the rule; or "
                    + $"{ShellCommand.Of("sysctl", "-w", $"net.bridge.bridge-nf-call-{Tables(rule.Family)}=0")}, after which "
                    + $"{Tables(rule.Family)} sees nothing that any bridge passes on"
                : null
        );
    }

    /// <summary>The command that deletes a rule.</summary>
    /// <returns>The command, every word of the rule quoted anew.</returns>
    public static ShellCommand Delete(PacketFilterRule rule) =>
        (rule.Program, rule.IsPolicy) switch
        {
            ("nft", true) => ShellCommand.Of("nft", $"chain {rule.Family} {rule.Table} {rule.Chain} {{ policy accept; }}"),
            ("nft", false) when rule.Handle is { } handle => ShellCommand.Of(
                "nft",
                "delete",
                "rule",
                rule.Family,
                rule.Table,
                rule.Chain,
                "handle",
                handle
            ),
            ("nft", false) => ShellCommand.Of("nft", "-a", "list", "chain", rule.Family, rule.Table, rule.Chain),
            (_, true) => ShellCommand.Of(rule.Program, "-t", rule.Table, "-P", rule.Chain, "ACCEPT"),
            _ => ShellCommand.Of([rule.Program, "-t", rule.Table, "-D", rule.Chain, .. RuleWords.Split(rule.Text)]),
        };

    // A rule of a bridge's own tables; or one of IP's for ports of bridges, or for the very interface.
    private static bool IsOfThese(PacketFilterRule rule, NetworkInterface link) =>
        !rule.IsPolicy
        && (
            rule.Family is "bridge" or "netdev"
            || rule.Matches.Any(m =>
                !m.IsNegated
                && (
                    m.Kind switch
                    {
                        PacketFilterMatchKind.InPort or PacketFilterMatchKind.OutPort or PacketFilterMatchKind.Bridge => true,
                        PacketFilterMatchKind.InInterface or PacketFilterMatchKind.OutInterface => m.Values.Contains(
                            link.Master ?? link.Name,
                            StringComparer.Ordinal
                        ),
                        _ => false,
                    }
                )
            )
        );

    // The chain of the kernel's from which a rule is come to.
    private static PacketFilterChain? Asked(HostSnapshot host, PacketFilterRule rule)
    {
        var chains = host
            .PacketFilters.Where(c => c.Program == rule.Program && c.Family == rule.Family && c.Table == rule.Table)
            .ToLookup(c => c.Name, StringComparer.Ordinal);
        return chains.SelectMany(c => c).FirstOrDefault(c => c.Hook is not PacketFilterHook.None && Reaches(c, []));

        bool Reaches(PacketFilterChain chain, HashSet<string> tried) =>
            tried.Add(chain.Name)
            && (
                chain.Name == rule.Chain
                || chain.Rules.Where(r => r.Target is not null).SelectMany(r => chains[r.Target!]).Any(c => Reaches(c, tried))
            );
    }

    private static ShellCommand AcceptFrames(PacketFilterRule rule, PacketFilterChain chain, string bridge)
    {
        var isIn = chain.Hook is PacketFilterHook.Prerouting or PacketFilterHook.Input or PacketFilterHook.Forward;
        return rule.Program is "nft"
            ? ShellCommand.Of(
                "nft",
                "insert",
                "rule",
                rule.Family,
                rule.Table,
                chain.Name,
                "meta",
                isIn ? "ibrname" : "obrname",
                bridge,
                "accept"
            )
            : ShellCommand.Of(
                rule.Program,
                "-t",
                rule.Table,
                "-I",
                chain.Name,
                isIn ? "--logical-in" : "--logical-out",
                bridge,
                "-j",
                "ACCEPT"
            );
    }

    private static ShellCommand AcceptPackets(
        PacketFilterRule rule,
        PacketFilterChain chain,
        string link,
        string bridge,
        FrameContent content
    )
    {
        var isNft = rule.Program is "nft";
        var (isIn, isOut, device) = chain.Hook switch
        {
            PacketFilterHook.Input => (true, false, link),
            PacketFilterHook.Output => (false, true, link),
            PacketFilterHook.Prerouting => (true, false, bridge),
            PacketFilterHook.Postrouting => (false, true, bridge),
            _ => (true, true, bridge),
        };
        List<object> words = isNft
            ? ["nft", "insert", "rule", rule.Family, rule.Table, chain.Name]
            : [rule.Program, "-t", rule.Table, "-I", chain.Name];
        if (!isNft && chain.Hook is PacketFilterHook.Forward && rule.Family is not "arp")
            words.AddRange(["-m", "physdev", "--physdev-is-bridged"]);
        if (isIn)
            words.AddRange([isNft ? "iifname" : "-i", device]);
        if (isOut)
            words.AddRange([isNft ? "oifname" : "-o", device]);

        // The host's own door is opened no further than the packet needs.
        if (chain.Hook is PacketFilterHook.Input or PacketFilterHook.Output)
            words.AddRange(Protocol(content, isNft));
        words.AddRange(isNft ? ["accept"] : ["-j", "ACCEPT"]);
        return ShellCommand.Of([.. words]);
    }

    private static IEnumerable<object> Protocol(FrameContent content, bool isNft)
    {
        var name = content switch
        {
            { Kind: FrameKind.Udp } => "udp",
            { Kind: FrameKind.Tcp } => "tcp",
            { IsIPv6: true } => isNft ? "icmpv6" : "ipv6-icmp",
            { Kind: FrameKind.Icmp } => "icmp",
            _ => null,
        };
        if (name is null)
            return [];
        return (isNft, content.Port, content.SourcePort) switch
        {
            (true, { } port, _) => [name, "dport", port],
            (true, _, { } port) => [name, "sport", port],
            (true, _, _) => ["meta", "l4proto", name],
            (_, { } port, _) => ["-p", name, "--dport", port],
            (_, _, { } port) => ["-p", name, "--sport", port],
            _ => ["-p", name],
        };
    }

    private static string Tables(string family) =>
        family switch
        {
            "ip6" => "ip6tables",
            "arp" => "arptables",
            _ => "iptables",
        };
}
