namespace XenVlan.Topology.Yaml;

/// <summary>A node of a YAML document, with its place.</summary>
internal abstract record DocumentNode(SourcePosition Position)
{
    /// <summary>What errors call it.</summary>
    public abstract string Kind { get; }

    /// <summary>How many nodes it and all below it are.</summary>
    public abstract int Size { get; }

    /// <summary>Whether nothing was written at all, as after <c>key:</c> at the end of a line.</summary>
    public virtual bool IsNothing => false;
}

/// <summary>A scalar: text, whatever YAML's own types would make of it.</summary>
/// <param name="Text">The text, without quotation marks.</param>
/// <param name="IsPlain">Whether it was written without quotation marks.</param>
/// <param name="Position">Where it begins.</param>
internal sealed record ScalarNode(string Text, bool IsPlain, SourcePosition Position) : DocumentNode(Position)
{
    /// <inheritdoc/>
    public override string Kind => IsNothing ? "nothing" : "a single value";

    /// <inheritdoc/>
    public override int Size => 1;

    /// <inheritdoc/>
    public override bool IsNothing => IsPlain && Text.Length == 0;
}

/// <summary>A sequence.</summary>
internal sealed record ListNode(IReadOnlyList<DocumentNode> Items, SourcePosition Position) : DocumentNode(Position)
{
    /// <inheritdoc/>
    public override string Kind => "a list";

    /// <inheritdoc/>
    public override int Size { get; } = 1 + Items.Sum(i => i.Size);
}

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

/// <summary>An entry of a mapping.</summary>
internal sealed record MapEntry(ScalarNode Key, DocumentNode Value);

/// <summary>A value and where it stands in the document.</summary>
internal readonly record struct Located<T>(T Value, SourcePosition Position);
