namespace XenVlan.Lab;

/// <summary>How many frames met one fate at a port of the lab's switch.</summary>
/// <param name="Vlan">The VLAN they belong to; 0 when they belong to none.</param>
/// <param name="Direction"><c>in</c>: from the host into the switch; <c>out</c>: to the host.</param>
/// <param name="Fate"><c>forwarded</c>, or the reason for which they were dropped.</param>
/// <param name="Frames">How many.</param>
public sealed record SwitchCount(int Vlan, string Direction, string Fate, long Frames);
