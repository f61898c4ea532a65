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

/// <summary>The tag a VLAN interface or bridge uses, by its EtherType.</summary>
public enum VlanProtocol
{
    /// <summary>802.1Q, EtherType 0x8100: the customer tag.</summary>
    Dot1Q,

    /// <summary>802.1ad, EtherType 0x88a8: the service tag of a provider bridge. Linux has it since 3.10.</summary>
    Dot1AD,
}
