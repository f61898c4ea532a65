namespace XenVlan.ModelCheck.Topologies;

/// <summary>What a device of a random topology is.</summary>
internal enum DeviceKind
{
    /// <summary>One end of a veth pair.</summary>
    Veth,

    /// <summary>A bridge.</summary>
    Bridge,

    /// <summary>A VLAN interface.</summary>
    Vlan,

    /// <summary>A bond.</summary>
    Bond,
}
