namespace XenVlan.Changes.Persistence.Domains;

/// <summary>How a domain's file is read.</summary>
internal enum ConfigDialect
{
    /// <summary>By <c>xl</c>: xl.cfg(5).</summary>
    XL,

    /// <summary>By <c>xm</c>, as a Python program; of that, only plain values are understood here.</summary>
    XM,
}
