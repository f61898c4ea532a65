namespace XenVlan.Model;

/// <summary>A VLAN tag of a frame.</summary>
/// <param name="Vlan">Its VLAN.</param>
/// <param name="Protocol">Its EtherType.</param>
public readonly record struct VlanTag(VlanId Vlan, VlanProtocol Protocol)
{
    /// <summary>The tag as people say it: an 802.1Q tag by its number alone.</summary>
    /// <returns>Such as <c>10</c> or <c>802.1ad 10</c>.</returns>
    public override string ToString() => Protocol is VlanProtocol.Dot1AD ? $"802.1ad {Vlan}" : Vlan.ToString();
}
