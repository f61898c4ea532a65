using XenVlan.Model;

namespace XenVlan.Paths;

/// <summary>A VLAN tag of a frame.</summary>
/// <param name="Vlan">Its VLAN.</param>
/// <param name="Protocol">Its EtherType.</param>
internal readonly record struct FrameTag(VlanId Vlan, VlanProtocol Protocol);
