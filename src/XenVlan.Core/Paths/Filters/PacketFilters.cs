using XenVlan.Discovery.Filters;
using XenVlan.Model;
using XenVlan.Paths.Frames;

namespace XenVlan.Paths.Filters;

/// <summary>Tells what a host's packet filters do with a frame.</summary>
/// <remarks>
/// A bridge asks ebtables and nftables' bridge tables (<c>NF_BR_*</c> hooks in <c>net/bridge/br_input.c</c> and
/// <c>br_forward.c</c>). Where <c>br_netfilter</c> is loaded it also asks those of IP and ARP, for tagged frames only if
/// told so (<c>br_nf_pre_routing</c> and <c>br_nf_forward</c> in <c>net/bridge/br_netfilter_hooks.c</c>).
/// </remarks>
internal static class PacketFilters
{
    /// <summary>Judges a frame that crosses a bridge, enters the host from it, or leaves the host by it.</summary>
    /// <param name="host">The host.</param>
    /// <param name="bridge">The bridge.</param>
    /// <param name="inPort">The port it came in by; null for the host itself.</param>
    /// <param name="outPort">The port it leaves by; null for the host itself.</param>
    /// <param name="frame">The frame as it leaves the bridge: <c>__br_forward</c> and <c>br_pass_frame_up</c> take the tag off before they
    /// ask.</param>
    /// <param name="content">What is in it.</param>
    public static FilterVerdict Judge(
        HostSnapshot host,
        string bridge,
        string? inPort,
        string? outPort,
        Frame frame,
        FrameContent content
    ) =>
        HasNone(host)
            ? FilterVerdict.Passes
            : Run(
                host,
                new FilterContext(bridge, inPort, outPort, frame, content),
                (inPort, outPort) switch
                {
                    (null, _) => [PacketFilterHook.Output, PacketFilterHook.Postrouting],
                    (_, null) => [PacketFilterHook.Input],
                    _ => [PacketFilterHook.Forward, PacketFilterHook.Postrouting],
                }
            );

    /// <summary>Judges a frame that comes to a bridge, before the bridge looks at its VLAN.</summary>
    /// <returns>As <see cref="Judge"/>.</returns>
    public static FilterVerdict JudgeEntering(HostSnapshot host, string bridge, string inPort, Frame frame, FrameContent content) =>
        HasNone(host)
            ? FilterVerdict.Passes
            : Run(host, new FilterContext(bridge, inPort, null, frame, content), [PacketFilterHook.Prerouting]);

    /// <summary>Judges a frame that an interface has received, before VLAN interfaces and bridges see it: nftables' family
    /// <c>netdev</c>.</summary>
    /// <returns>As <see cref="Judge"/>.</returns>
    public static FilterVerdict JudgeReceived(HostSnapshot host, string link, Frame frame, FrameContent content) =>
        HasNone(host)
            ? FilterVerdict.Passes
            : Worst(
                host,
                new FilterContext(null, link, null, frame, content),
                host.PacketFilters.Where(c => c.Hook is PacketFilterHook.Ingress && c.Devices.Contains(link, StringComparer.Ordinal))
            );

    /// <summary>Judges a packet that an interface of the host receives for the host itself, or that the host sends.</summary>
    /// <param name="host">The host.</param>
    /// <param name="link">The interface.</param>
    /// <param name="isInput">Whether the host receives it.</param>
    /// <param name="content">What is in it.</param>
    /// <returns>As <see cref="Judge"/>.</returns>
    public static FilterVerdict JudgeOwn(HostSnapshot host, string link, bool isInput, FrameContent content)
    {
        if (HasNone(host))
            return FilterVerdict.Passes;
        var family = Family(content);
        var crossing = new FilterContext(null, null, null, Frame.Untagged, content)
        {
            InInterface = isInput ? link : null,
            OutInterface = isInput ? null : link,
        };
        return Worst(
            host,
            crossing,
            host.PacketFilters.Where(c =>
                IsOf(c, family)
                && (
                    isInput
                        ? c.Hook is PacketFilterHook.Prerouting or PacketFilterHook.Input
                        : c.Hook is PacketFilterHook.Output or PacketFilterHook.Postrouting
                )
            )
        );
    }

    /// <summary>Why a host's packet filters, or some of them, could not be seen.</summary>
    /// <returns>What could not be seen, and why; null where all could be.</returns>
    public static Gap? NotSeen(HostSnapshot host) => host.NotSeen.FirstOrDefault(o => PacketFilterReader.IsOmission(o));

    /// <summary>A rule of a host that writes UDP checksums instead of leaving them whole.</summary>
    /// <returns>The rule; null where there is none.</returns>
    public static PacketFilterRule? Spoiler(HostSnapshot host) =>
        host.PacketFilters.SelectMany(c => c.Rules).FirstOrDefault(r => r.Text.Contains("udp checksum set ", StringComparison.Ordinal));

    private static bool HasNone(HostSnapshot host) => host.PacketFilters.Count == 0 && NotSeen(host) is null;

    private static string Family(FrameContent content) =>
        content.IsIPv6 ? "ip6"
        : content.Kind is FrameKind.Neighbor ? "arp"
        : "ip";

    private static bool IsOf(PacketFilterChain chain, string family) =>
        chain.Family == family || (chain.Family is "inet" && family is not "arp");

    private static FilterVerdict Run(HostSnapshot host, FilterContext crossing, PacketFilterHook[] hooks) =>
        Worst(host, crossing, host.PacketFilters.Where(c => hooks.Contains(c.Hook) && IsAsked(host, c, crossing)));

    private static FilterVerdict Worst(HostSnapshot host, FilterContext crossing, IEnumerable<PacketFilterChain> chains)
    {
        // What could not be seen may drop anything.
        var result = NotSeen(host) is null ? FilterVerdict.Passes : new FilterVerdict(HopVerdict.Unknown, null);
        crossing = crossing with { Chains = host.PacketFilters };
        foreach (var chain in chains)
        {
            var found = new ChainEvaluator(host.PacketFilters, crossing).Of(chain);
            if (found.Verdict is HopVerdict.Drops)
                return found;
            if (found.Verdict is HopVerdict.Unknown && result.Rule is null)
                result = found;
        }

        return result;
    }

    private static bool IsAsked(HostSnapshot host, PacketFilterChain chain, FilterContext crossing)
    {
        if (chain.Family is "bridge")
            return true;

        // The host's own packets meet these chains too, but not because of the bridge.
        var isCrossing = chain.Hook is PacketFilterHook.Prerouting || (crossing.InPort is not null && crossing.OutPort is not null);
        if (!isCrossing || !IsOf(chain, Family(crossing.Content)))
            return false;
        var calls = host.BridgeNetfilter;
        var isCalled = Family(crossing.Content) switch
        {
            "arp" => calls?.CallsArptables,
            "ip6" => calls?.CallsIp6tables,
            _ => host.FindInterface(crossing.Bridge)?.Bridge?.CallsIptables,
        };
        return isCalled is true && (crossing.Frame.TagCount == 0 || calls?.FiltersVlanTagged is true);
    }
}
