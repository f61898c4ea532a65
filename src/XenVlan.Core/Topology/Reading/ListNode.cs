namespace XenVlan.Topology.Reading;

/// <summary>A sequence.</summary>
/// <param name="Items">Its items.</param>
/// <param name="Position">Where it begins.</param>
internal sealed record ListNode(IReadOnlyList<DocumentNode> Items, SourcePosition Position) : DocumentNode(Position)
{
    /// <inheritdoc/>
    public override string Kind => "a list";

    /// <inheritdoc/>
    public override int Size { get; } = 1 + Items.Sum(i => i.Size);
}
