namespace XenVlan.Model;

/// <summary>How a domain's NIC meets VLANs.</summary>
public enum NicMode
{
    /// <summary>It is on no bridge, or that could not be seen.</summary>
    Unknown,

    /// <summary>It carries one VLAN, untagged.</summary>
    Access,

    /// <summary>It carries tagged frames, and perhaps untagged ones of a native VLAN.</summary>
    Trunk,
}
