namespace XenVlan.Model;

/// <summary>What only a bond has.</summary>
/// <param name="Mode">Such as <c>active-backup</c> or <c>802.3ad</c>, in the kernel's words.</param>
/// <param name="ActiveSlave">The slave in use, in modes that have one.</param>
/// <param name="Slaves">All its slaves.</param>
public sealed record BondDetails(string Mode, string? ActiveSlave, IReadOnlyList<string> Slaves);
