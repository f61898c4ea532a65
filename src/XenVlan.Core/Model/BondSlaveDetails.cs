namespace XenVlan.Model;

/// <summary>What an interface has while it is a slave of a bond.</summary>
/// <param name="IsActive">Whether the bond takes frames from it (<c>bonding_slave/state</c>).</param>
/// <param name="HasLink">Whether the bond's own link monitoring finds it working (<c>bonding_slave/mii_status</c>).</param>
/// <param name="AggregatorId">The LACP aggregator it is in; null for other modes, and where it could not be seen.</param>
public sealed record BondSlaveDetails(bool IsActive, bool HasLink, int? AggregatorId);
