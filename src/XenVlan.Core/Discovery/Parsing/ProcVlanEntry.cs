using XenVlan.Model;

namespace XenVlan.Discovery.Parsing;

/// <summary>A line of <c>/proc/net/vlan/config</c>.</summary>
/// <param name="Name">The VLAN interface.</param>
/// <param name="Id">Its VLAN.</param>
/// <param name="Parent">The interface whose tagged frames it takes.</param>
internal sealed record ProcVlanEntry(string Name, VlanId Id, string Parent);
