namespace XenVlan.Topology.Reading;

/// <summary>A node of a YAML document, with its place.</summary>
/// <param name="Position">Where it begins.</param>
internal abstract record DocumentNode(SourcePosition Position)
{
    /// <summary>What errors call it.</summary>
    public abstract string Kind { get; }

    /// <summary>How many nodes it and all below it are.</summary>
    public abstract int Size { get; }

    /// <summary>Whether nothing was written at all, as after <c>key:</c> at the end of a line.</summary>
    public virtual bool IsNothing => false;
}
