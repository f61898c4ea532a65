namespace XenVlan.Topology;

/// <summary>What must be true of a topology, beyond how it is set up.</summary>
/// <param name="Title">What reports call it; null for <see cref="Describe"/>.</param>
public abstract record Expectation(string? Title)
{
    /// <summary>Where it begins in the document.</summary>
    public SourcePosition Position { get; init; }

    /// <summary>Says what is expected.</summary>
    /// <returns>A sentence without a full stop.</returns>
    public abstract string Describe();
}
