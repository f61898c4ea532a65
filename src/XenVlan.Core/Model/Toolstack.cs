namespace XenVlan.Model;

/// <summary>What manages the domains of a host.</summary>
public enum Toolstack
{
    /// <summary>Nothing: the host is not a Xen domain 0, or has no tools.</summary>
    None,

    /// <summary>xend with <c>xm</c>, up to Xen 4.4.</summary>
    Xend,

    /// <summary>libxl with <c>xl</c>.</summary>
    XL,

    /// <summary>XAPI with <c>xe</c>: XenServer and XCP-ng.</summary>
    Xapi,
}
