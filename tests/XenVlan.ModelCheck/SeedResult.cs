using XenVlan.ModelCheck.Topologies;

namespace XenVlan.ModelCheck;

/// <summary>What became of one seed.</summary>
/// <param name="Topology">The topology.</param>
/// <param name="Pairs">How many pairs of ends were compared.</param>
/// <param name="Reachable">Of how many of them the kernel answered.</param>
/// <param name="NotKnown">Of how many the model says that it does not know, where it may not.</param>
/// <param name="Disagreements">The pairs of which the model says something else.</param>
/// <param name="Errors">What building the topology printed to standard error.</param>
/// <param name="Problem">Why nothing could be compared; null where it could.</param>
/// <param name="Took">How long it took.</param>
internal sealed record SeedResult(
    RandomTopology Topology,
    int Pairs,
    int Reachable,
    int NotKnown,
    IReadOnlyList<Disagreement> Disagreements,
    string Errors,
    string? Problem,
    TimeSpan Took
)
{
    /// <summary>Whether the model and the kernel agree about every pair.</summary>
    public bool Passed => Problem is null && Disagreements.Count == 0;
}
