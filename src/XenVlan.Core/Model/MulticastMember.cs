namespace XenVlan.Model;

/// <summary>A port of a bridge behind which somebody listens to a group.</summary>
/// <param name="Port">The port; the bridge's own name for its host.</param>
/// <param name="Group">The group's IPv6 address, as .NET writes it.</param>
/// <param name="Vlan">The VLAN, on a bridge that filters; null for none.</param>
/// <param name="IsConditional">Whether only some senders are heard, or the port is blocked for some.</param>
public sealed record MulticastMember(string Port, string Group, VlanId? Vlan, bool IsConditional);
