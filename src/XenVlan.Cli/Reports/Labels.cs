using XenVlan.Model;

namespace XenVlan.Cli.Reports;

/// <summary>Values in the words of people who administer networks.</summary>
internal static class Labels
{
    /// <summary>Yes or no.</summary>
    public static string YesNo(bool value) => value ? "yes" : "no";

    /// <summary>Up or down.</summary>
    public static string UpDown(bool isUp) => isUp ? "up" : "down";

    /// <summary>A toolstack, by its command.</summary>
    public static string Of(Toolstack toolstack) =>
        toolstack switch
        {
            Toolstack.Xend => "xend",
            Toolstack.XL => "xl",
            Toolstack.Xapi => "XAPI",
            _ => "none",
        };

    /// <summary>What a bridge is made of.</summary>
    public static string Of(BridgeKind kind) => kind is BridgeKind.OpenVSwitch ? "Open vSwitch" : "Linux";

    /// <summary>What sets a network up.</summary>
    public static string Of(NetworkManager manager) =>
        manager switch
        {
            NetworkManager.Ifupdown => "ifupdown",
            NetworkManager.NetworkScripts => "network-scripts",
            NetworkManager.SystemdNetworkd => "systemd-networkd",
            NetworkManager.Netplan => "netplan",
            NetworkManager.Xapi => "XAPI",
            _ => manager.ToString(),
        };

    /// <summary>A tag, by its standard.</summary>
    public static string Of(VlanProtocol protocol) => protocol is VlanProtocol.Dot1AD ? "802.1ad" : "802.1Q";

    /// <summary>What a bridge port leads to.</summary>
    public static string Of(BridgePortRole role) =>
        role switch
        {
            BridgePortRole.Vlan => "VLAN",
            _ => Lower(role.ToString()),
        };

    /// <summary>A port's state.</summary>
    public static string Of(BridgePortState state) => Lower(state.ToString());

    /// <summary>A NIC's state.</summary>
    public static string Of(NicState state) =>
        state switch
        {
            NicState.Unknown => "?",
            NicState.InitWait => "waiting",
            _ => Lower(state.ToString()),
        };

    /// <summary>What is expected of a path.</summary>
    public static string? Of(PathExpectation expectation) => expectation is PathExpectation.None ? null : Lower(expectation.ToString());

    /// <summary>What a path is found to be.</summary>
    public static string Of(PathOutcome outcome) =>
        outcome switch
        {
            PathOutcome.NotKnown => "not known",
            PathOutcome.PacketsLost => "packets are lost",
            PathOutcome.NotReachable => "not reachable",
            PathOutcome.NotIsolated => "not isolated",
            _ => Lower(outcome.ToString()),
        };

    /// <summary>Why a frame does not arrive, such as <c>VLAN not allowed on port</c>.</summary>
    public static string? Of(PathReason reason) =>
        reason switch
        {
            PathReason.None => null,
            PathReason.InterfaceDown => "interface down",
            PathReason.NoCarrier => "no link",
            PathReason.VlanNotAllowedOnPort => "VLAN not allowed on port",
            PathReason.VlanNotAllowedOnBridge => "VLAN not allowed on bridge",
            PathReason.NoPvid => "no PVID",
            PathReason.PortNotForwarding => "port not forwarding",
            PathReason.PortsIsolated => "ports isolated",
            PathReason.TakenByVlanInterface => "taken by VLAN interface",
            PathReason.VlanMismatch => "VLAN mismatch",
            PathReason.MtuTooSmall => "MTU too small",
            PathReason.VlanNotOnWire => "VLAN not on wire",
            PathReason.LostOnWire => "lost on wire",
            PathReason.NoConnection => "no connection",
            PathReason.AnswerLost => "answer lost",
            PathReason.NoAnswer => "no answer",
            PathReason.BadChecksum => "bad checksum",
            PathReason.NotListening => "not listening",
            PathReason.NativeVlanMismatch => "native VLAN mismatch",
            PathReason.ProtocolMismatch => "tags of another standard",
            PathReason.FloodingOff => "flooding is off",
            PathReason.InactiveSlave => "slave not in use",
            PathReason.Filtered => "packet filter",
            PathReason.LostInHost => "lost in host",
            PathReason.NoUplink => "no uplink",
            PathReason.WrongBridge => "wrong bridge",
            PathReason.DomainSilent => "domain silent",
            PathReason.DuplicateAddress => "duplicate address",
            PathReason.DuplicateMac => "duplicate MAC",
            PathReason.NotChecked => "not checked",
            PathReason.TakenByBridge => "taken by bridge",
            PathReason.NotIsolated => "not isolated",
            PathReason.MulticastSnooped => "multicast snooping",
            PathReason.PortLocked => "port locked",
            PathReason.NeighborsSuppressed => "neighbours suppressed",
            PathReason.BondMode => "bond mode",
            PathReason.NotKnown => "not known",
            _ => reason.ToString(),
        };

    /// <summary>What differs between snapshots.</summary>
    public static string Of(SnapshotDifferenceKind kind) =>
        kind switch
        {
            SnapshotDifferenceKind.VlanInterface => "VLAN interface",
            SnapshotDifferenceKind.BridgePort => "bridge port",
            SnapshotDifferenceKind.PortVlans => "port VLANs",
            SnapshotDifferenceKind.DomainNic => "domain NIC",
            SnapshotDifferenceKind.PacketFilter => "packet filter",
            SnapshotDifferenceKind.Neighbor => "LLDP",
            SnapshotDifferenceKind.NotSeen => "not seen",
            _ => Lower(kind.ToString()),
        };

    /// <summary>What was sent.</summary>
    public static string Of(PathProbeKind kind) =>
        kind switch
        {
            PathProbeKind.Arp => "ARP",
            PathProbeKind.Ping => "ping",
            PathProbeKind.FullSizePing => "full-size ping",
            PathProbeKind.Udp => "UDP",
            PathProbeKind.Tcp => "TCP",
            PathProbeKind.UdpBack => "UDP back",
            _ => kind.ToString(),
        };

    /// <summary>What came of it.</summary>
    public static string Of(ProbeOutcome outcome) => outcome is ProbeOutcome.NotChecked ? "not checked" : Lower(outcome.ToString());

    /// <summary>What becomes of a frame at a hop.</summary>
    public static string Of(HopVerdict verdict) => verdict is HopVerdict.Unknown ? "?" : Lower(verdict.ToString());

    /// <summary>The VLANs of a bridge port.</summary>
    /// <param name="allowed">Those it passes; null where they could not be seen.</param>
    /// <param name="untagged">Those that leave without a tag.</param>
    /// <param name="pvid">That of untagged frames that enter.</param>
    /// <returns>Such as <c>access 10</c> or <c>trunk 10,20 native 1</c>.</returns>
    public static string Vlans(string? allowed, string? untagged, int? pvid)
    {
        if (allowed is null)
            return "?";
        var tagged = VlanSet.Parse(allowed).Except(untagged is null ? VlanSet.None : VlanSet.Parse(untagged));
        return tagged.IsEmpty && pvid is { } access ? $"access {access}" : $"trunk {Trunk(tagged.ToString(), pvid)}";
    }

    /// <summary>The VLANs of a trunk.</summary>
    /// <param name="allowed">Those it may carry tagged; null for all.</param>
    /// <param name="native">That of its untagged frames.</param>
    /// <returns>Such as <c>10,20 native 1</c>.</returns>
    public static string Trunk(string? allowed, int? native) =>
        $"{(allowed is null || allowed == VlanSet.All.ToString() ? "all" : allowed)}{(native is { } id ? $" native {id}" : "")}";

    /// <summary>Addresses, without those the kernel gives by itself.</summary>
    public static string Addresses(IEnumerable<string> addresses) =>
        string.Join(", ", addresses.Where(a => !InterfaceAddress.Parse(a).IsLinkLocal));

    private static string Lower(string name) => name.ToLowerInvariant();
}
