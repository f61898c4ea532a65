namespace XenVlan.Model;

/// <summary>A run of neighbouring VLAN ids, both ends included.</summary>
/// <param name="First">The smallest.</param>
/// <param name="Last">The largest.</param>
public readonly record struct VlanRange(VlanId First, VlanId Last)
{
    /// <summary>The range as people write it.</summary>
    /// <returns>Such as <c>20-29</c>, or <c>10</c> for a single id.</returns>
    public override string ToString() => First == Last ? First.ToString() : $"{First}-{Last}";
}
