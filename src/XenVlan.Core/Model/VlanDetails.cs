namespace XenVlan.Model;

/// <summary>What only a VLAN subinterface has.</summary>
/// <param name="Parent">The name of the interface whose tagged frames it takes.</param>
/// <param name="Id">Its VLAN; null when the host did not let it be seen.</param>
/// <param name="Protocol">Its tag.</param>
public sealed record VlanDetails(string Parent, VlanId? Id, VlanProtocol Protocol);
