namespace XenVlan.Model;

/// <summary>A port of a bridge.</summary>
public sealed record XenBridgePort
{
    /// <summary>The interface's name.</summary>
    public required string Name { get; init; }

    /// <summary>What it leads to.</summary>
    public BridgePortRole Role { get; init; }

    /// <summary>Whether frames leave the machine by it: a network card, a bond, or a VLAN of one.</summary>
    public bool IsUplink { get; init; }

    /// <summary>The domain behind a vif or tap; null for others, and where names could not be seen.</summary>
    public string? DomainName { get; init; }

    /// <summary>The VLANs it passes; null where the bridge does not filter, or the host did not let them be seen.</summary>
    public VlanSet? AllowedVlans { get; init; }

    /// <summary>Those that leave it without a tag.</summary>
    public VlanSet? UntaggedVlans { get; init; }

    /// <summary>The VLAN of untagged frames that enter it.</summary>
    public VlanId? Pvid { get; init; }

    /// <summary>Its spanning-tree state; null for Open vSwitch.</summary>
    public BridgePortState? State { get; init; }

    /// <summary>Its MTU in bytes.</summary>
    public int Mtu { get; init; }

    /// <summary>Whether it may not exchange frames with other isolated ports.</summary>
    public bool IsIsolated { get; init; }

    /// <summary>What it is as a bond, or what its VLAN interface's parent is; null where neither is one.</summary>
    public XenBond? Bond { get; init; }

    /// <summary>Domain 0's addresses on it, where it is domain 0's own (<see cref="BridgePortRole.Internal"/>).</summary>
    public IReadOnlyList<InterfaceAddress> Addresses { get; init; } = [];

    /// <summary>Whether Open vSwitch shows it as a bridge of its own, of the one VLAN that it carries (<c>ovs-vsctl add-br</c> with a parent).</summary>
    public bool IsFakeBridge { get; init; }

    /// <summary>The port's name.</summary>
    /// <returns>Such as <c>vif1.0</c>.</returns>
    public override string ToString() => Name;
}
