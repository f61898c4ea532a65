using XenVlan.Model;

namespace XenVlan.Discovery.Parsing;

/// <summary>A VLAN interface as <c>ip -d link</c> shows it.</summary>
/// <param name="Index">The interface's number.</param>
/// <param name="Id">Its VLAN.</param>
/// <param name="Protocol">Its tag; null where an <c>ip</c> from before Linux 3.10 does not tell.</param>
internal sealed record IpVlanEntry(int Index, VlanId Id, VlanProtocol? Protocol);
