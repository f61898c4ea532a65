namespace XenVlan.Topology.Reading;

/// <summary>A mapping whose keys are text.</summary>
/// <param name="Entries">Its entries, in the document's order, no key twice.</param>
/// <param name="Position">Where it begins.</param>
internal sealed record MapNode(IReadOnlyList<MapEntry> Entries, SourcePosition Position) : DocumentNode(Position)
{
    /// <inheritdoc/>
    public override string Kind => "a mapping";

    /// <inheritdoc/>
    public override int Size { get; } = 1 + Entries.Sum(e => 1 + e.Value.Size);
}
