namespace XenVlan.Topology.Reading;

/// <summary>An entry of a mapping.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Value">Its value.</param>
internal sealed record MapEntry(ScalarNode Key, DocumentNode Value);
