namespace XenVlan.Lab;

/// <summary>How one port of the lab's switch is set.</summary>
/// <param name="Port">Its name: <c>a1</c> is the port eth1 of host a is plugged into.</param>
/// <param name="Vlans">The VLANs that may pass, such as <c>1,10,1000-1999</c>; <c>all</c> or <c>none</c>.</param>
/// <param name="Native">The VLAN of untagged frames; absent when they are dropped.</param>
/// <param name="Mtu">The most bytes a frame may carry behind its Ethernet and VLAN headers; absent means no limit.</param>
/// <param name="LinkUp">Whether the cable is plugged in.</param>
public sealed record SwitchPortSettings(string Port, string Vlans, int? Native, int? Mtu, bool LinkUp);
