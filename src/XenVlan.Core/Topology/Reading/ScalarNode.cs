namespace XenVlan.Topology.Reading;

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
