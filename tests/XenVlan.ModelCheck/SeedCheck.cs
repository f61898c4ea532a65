using System.Diagnostics;
using XenVlan.Hosts;
using XenVlan.Model;
using XenVlan.ModelCheck.Topologies;
using XenVlan.ModelCheck.Truth;
using XenVlan.Paths.Forwarding;

namespace XenVlan.ModelCheck;

/// <summary>Compares the model with the kernel on the topology of one seed.</summary>
internal static class SeedCheck
{
    // A frame that comes late on a busy machine looks lost; that it is lost each time, does not come of that.
    private const int Looks = 3;

    /// <summary>Builds the topology, and compares; where they differ, once more, and what differs each time counts.</summary>
    /// <param name="seed">The seed.</param>
    /// <param name="connection">The host to build it on.</param>
    /// <param name="prefix">What the names of its namespaces begin with.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public static async Task<SeedResult> RunAsync(int seed, IHostConnection connection, string prefix, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        var result = await LookAsync(seed, connection, prefix, cancellationToken);
        for (var look = 1; look < Looks && result is { Problem: null, Disagreements.Count: > 0 }; look++)
        {
            var again = await LookAsync(seed, connection, prefix, cancellationToken);
            result = again with
            {
                Disagreements = [.. again.Disagreements.Where(d => result.Disagreements.Any(o => o.Summary == d.Summary))],
            };
        }

        return result with
        {
            Took = Stopwatch.GetElapsedTime(started),
        };
    }

    private static async Task<SeedResult> LookAsync(
        int seed,
        IHostConnection connection,
        string prefix,
        CancellationToken cancellationToken
    )
    {
        var started = Stopwatch.GetTimestamp();
        var topology = TopologyGenerator.Make(seed);
        TopologyRun run;
        try
        {
            run = await TopologyRun.MakeAsync(topology, connection, prefix, cancellationToken);
        }
        catch (XenVlanException e)
        {
            return new SeedResult(topology, 0, 0, 0, [], "", e.Message, Stopwatch.GetElapsedTime(started));
        }

        if (run.Truth.Problem is { } problem)
            return new SeedResult(topology, 0, 0, 0, [], run.Errors, problem, Stopwatch.GetElapsedTime(started));
        if (Mistake(run.Errors) is { } mistake)
            return new SeedResult(
                topology,
                0,
                0,
                0,
                [],
                run.Errors,
                $"a command that builds it is wrong: {mistake}",
                Stopwatch.GetElapsedTime(started)
            );
        var disagreements = Compare(topology, run, out var counts);
        return new SeedResult(
            topology,
            counts.Pairs,
            counts.Reachable,
            counts.NotKnown,
            disagreements,
            run.Errors,
            null,
            Stopwatch.GetElapsedTime(started)
        );
    }

    // The kernel may refuse what a random topology asks for; but what ip and bridge themselves do not understand builds nothing, ever.
    private static string? Mistake(string errors) =>
        errors
            .Split('\n')
            .FirstOrDefault(l =>
                l.StartsWith("Object ", StringComparison.Ordinal)
                || l.StartsWith("Error: argument ", StringComparison.Ordinal)
                || l.StartsWith("Error: either ", StringComparison.Ordinal)
                || l.StartsWith("Command line ", StringComparison.Ordinal)
                || l.StartsWith("Usage:", StringComparison.Ordinal)
                || l.StartsWith("Cannot find device", StringComparison.Ordinal)
            );

    private static List<Disagreement> Compare(RandomTopology topology, TopologyRun run, out (int Pairs, int Reachable, int NotKnown) counts)
    {
        var network = new PathNetwork(run.Hosts, topology.Wires);
        var hosts = run.Hosts.ToDictionary(h => h.HostName, StringComparer.Ordinal);
        var points = topology
            .Ends.Select(e => new InterfaceRef(
                hosts[e.Device.Space.Name],
                hosts[e.Device.Space.Name].GetInterface(new InterfaceName(e.Device.Name))
            ))
            .ToList();
        var disagreements = new List<Disagreement>();
        counts = (0, 0, 0);
        for (var source = 0; source < points.Count; source++)
        {
            for (var target = 0; target < points.Count; target++)
            {
                if (source == target)
                    continue;
                counts.Pairs++;
                var kernel = (
                    run.Truth.IsAsked(source, target),
                    Answered: run.Truth.IsAnswered(source, target),
                    run.Truth.Largest(source, target)
                );
                counts.Reachable += kernel.Answered ? 1 : 0;
                var model = ModelAnswer.Make(network, points[source], points[target], topology.Sizes);
                if (kernel != (model.Asked, model.Answered, model.Largest))
                    disagreements.Add(new Disagreement(topology.Ends[source].Device, topology.Ends[target].Device, "ARP", kernel, model));

                // Which querier a bridge has heard is not told by an iproute2 before 2025: the model may not know then, and then only.
                var kernel6 = (Asked: run.Truth.IsAsked6(source, target), Answered: run.Truth.IsAnswered6(source, target), (int?)null);
                var model6 = ModelAnswer.Make6(network, points[source], points[target], RandomTopology.Neighbor(target));
                counts.Pairs++;
                counts.Reachable += kernel6.Answered ? 1 : 0;
                var isOpen =
                    model6.IsUnsureOfQuerier && (model6.Asked is null || (model6.Answered is null && model6.Asked == kernel6.Asked));
                if (isOpen)
                    counts.NotKnown++;
                else if (kernel6 != (model6.Asked, model6.Answered, null))
                    disagreements.Add(
                        new Disagreement(topology.Ends[source].Device, topology.Ends[target].Device, "IPv6", kernel6, model6)
                    );
            }
        }

        return disagreements;
    }
}
