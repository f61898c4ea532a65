namespace XenVlan.Changes.Persistence.NetplanYaml;

/// <summary>What one file says of one interface.</summary>
/// <param name="Path">The file.</param>
/// <param name="Type">Such as <c>vlans</c>.</param>
/// <param name="Id">Its name in netplan, which for a NIC may be another than the kernel's.</param>
/// <param name="Settings">What it says.</param>
internal sealed record NetplanDefinition(string Path, string Type, string Id, NetplanMap Settings)
{
    /// <summary>Where it is.</summary>
    public string Place => $"{Path}:{Settings.Line}";
}
