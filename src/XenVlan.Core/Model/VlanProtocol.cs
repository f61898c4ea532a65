namespace XenVlan.Model;

/// <summary>The tag a VLAN interface or bridge uses, by its EtherType.</summary>
public enum VlanProtocol
{
    /// <summary>802.1Q, EtherType 0x8100: the customer tag.</summary>
    Dot1Q,

    /// <summary>802.1ad, EtherType 0x88a8: the service tag of a provider bridge. Linux has it since 3.10.</summary>
    Dot1AD,
}
