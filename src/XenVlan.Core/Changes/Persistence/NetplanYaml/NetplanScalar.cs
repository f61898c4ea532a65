namespace XenVlan.Changes.Persistence.NetplanYaml;

/// <summary>A single value.</summary>
/// <param name="Value">Its text.</param>
/// <param name="Line">Where it is.</param>
internal sealed record NetplanScalar(string Value, int Line = 0) : NetplanNode(Line)
{
    /// <summary>The columns from which and before which it stands in its line, from 1; null where it takes several lines.</summary>
    public (int From, int Before)? Columns { get; init; }
}
