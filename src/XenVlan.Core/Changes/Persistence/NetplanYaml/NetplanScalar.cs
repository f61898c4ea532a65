namespace XenVlan.Changes.Persistence.NetplanYaml;

/// <summary>A single value.</summary>
/// <param name="Value">Its text.</param>
/// <param name="Line">Where it is.</param>
internal sealed record NetplanScalar(string Value, int Line = 0) : NetplanNode(Line);
