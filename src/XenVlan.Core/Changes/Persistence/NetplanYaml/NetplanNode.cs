namespace XenVlan.Changes.Persistence.NetplanYaml;

/// <summary>A value in a YAML file of netplan.</summary>
/// <param name="Line">Where it begins, from 1; 0 for one that is in no file.</param>
internal abstract record NetplanNode(int Line)
{
    /// <summary>Where its entries or items are; empty where it is written in braces or brackets, or in no file.</summary>
    public List<NetplanPlace> Places { get; } = [];

    /// <summary>The text of a single value; null for any other.</summary>
    public string? Text => (this as NetplanScalar)?.Value;
}
