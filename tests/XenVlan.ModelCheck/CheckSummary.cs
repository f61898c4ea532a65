using System.Diagnostics;
using XenVlan.ModelCheck.Topologies;

namespace XenVlan.ModelCheck;

/// <summary>Counts results, and prints them.</summary>
/// <param name="isDetailed">Whether topologies and the model's hops are printed as well.</param>
internal sealed class CheckSummary(bool isDetailed)
{
    private readonly long _started = Stopwatch.GetTimestamp();
    private int _passed;
    private int _pairs;
    private int _notKnown;
    private int _disagreements;

    /// <summary>How many seeds failed.</summary>
    public int Failed { get; private set; }

    /// <summary>How many pairs of ends the kernel let answer each other.</summary>
    public int Reachable { get; private set; }

    /// <summary>Adds a result, and prints it where it failed or where details are wanted.</summary>
    public void Add(SeedResult result)
    {
        _pairs += result.Pairs;
        Reachable += result.Reachable;
        _notKnown += result.NotKnown;
        _disagreements += result.Disagreements.Count;
        if (result.Passed)
            _passed++;
        else
            Failed++;
        if (isDetailed)
            PrintTopology(result.Topology);
        if (isDetailed && result.Errors.Length > 0)
            Console.WriteLine($"# What building it printed:\n{result.Errors}\n");
        Console.WriteLine(
            $"seed {result.Topology.Seed}: {(result.Passed ? "passed" : "FAILED")}, {result.Pairs} pairs, {result.Reachable} "
                + $"reachable, {result.NotKnown} not known, {result.Disagreements.Count} disagreements, {result.Took.TotalSeconds:0.0} "
                + $"s{(result.Problem is { } problem ? $": {problem}" : "")}"
        );
        foreach (var disagreement in result.Disagreements)
            Console.WriteLine("  " + (isDetailed ? disagreement.Describe() : disagreement.Summary));
    }

    /// <summary>Prints the script that builds a topology.</summary>
    public static void PrintTopology(RandomTopology topology) =>
        Console.WriteLine(
            $"# The settings of the host:\n{TopologyScript.Settings}{TopologyScript.ByShell}\n# The topology of seed "
                + $"{topology.Seed}:\n{TopologyScript.Build(topology, "", "")}"
        );

    /// <summary>Prints the sums, the numbers of seeds that passed and failed last.</summary>
    public void Print(TextWriter output)
    {
        var took = Stopwatch.GetElapsedTime(_started).TotalSeconds;
        output.WriteLine(
            $"\n{_passed + Failed} topologies, {_pairs} pairs, {Reachable} of them reachable, {_notKnown} not known, {_disagreements} "
                + $"disagreements, {took:0} s, {took / Math.Max(1, _passed + Failed):0.0} s each"
        );
        output.WriteLine($"{_passed} passed, {Failed} failed");
    }
}
