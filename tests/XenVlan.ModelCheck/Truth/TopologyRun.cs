using System.Text;
using XenVlan.Discovery;
using XenVlan.Hosts;
using XenVlan.Model;
using XenVlan.ModelCheck.Topologies;

namespace XenVlan.ModelCheck.Truth;

/// <summary>A topology built, read as XenVlan reads hosts, and asked for the truth.</summary>
/// <param name="Hosts">The namespaces' snapshots.</param>
/// <param name="Truth">What the kernel did.</param>
/// <param name="Errors">What building it printed to standard error.</param>
internal sealed record TopologyRun(IReadOnlyList<HostSnapshot> Hosts, KernelTruth Truth, string Errors)
{
    /// <summary>Where <c>frames</c> is on the host.</summary>
    public const string FramesPath = "/usr/local/bin/frames";

    // An emulated host on a busy machine is slow, and several topologies share it.
    private static readonly ScriptOptions Patient = new() { Timeout = TimeSpan.FromMinutes(15) };

    private const string ErrorsEnd = "building done";

    /// <summary>Builds a topology, reads it, asks, and removes it again, all in one round trip.</summary>
    /// <param name="topology">The topology.</param>
    /// <param name="connection">The host it is built on.</param>
    /// <param name="prefix">What the names of its namespaces begin with; nobody else's do.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public static async Task<TopologyRun> MakeAsync(
        RandomTopology topology,
        IHostConnection connection,
        string prefix,
        CancellationToken cancellationToken
    )
    {
        var batch = new ProbeBatch();
        var readers = topology.Spaces.Select(s => HostReader.ReadAsync(batch.ConnectionTo(s.Name), cancellationToken)).ToList();
        var result = await connection.RunAsync(
            new ShellScript().Add(ShellCommand.Of("eval", Script(topology, batch, prefix))),
            Patient,
            cancellationToken
        );
        batch.Complete(result);
        var hosts = await Task.WhenAll(readers);
        var errors = result.ErrorOutput.Split(ErrorsEnd);
        return new TopologyRun(
            hosts,
            KernelTruth.Parse(
                result.Output,
                errors[^1].Split('\n').FirstOrDefault(l => l.StartsWith("frames: ", StringComparison.Ordinal))
            ),
            errors[0].Trim()
        );
    }

    private static string Script(RandomTopology topology, ProbeBatch batch, string prefix)
    {
        var script = new StringBuilder(TopologyScript.Build(topology, prefix, FramesPath));
        _ = script.Append($"echo '{ErrorsEnd}' >&2\n");
        foreach (var (space, probe) in batch.Scripts)
            _ = script.Append($"ip netns exec {prefix}{space} sh <<'EOF'\n{probe}EOF\n");
        _ = script.Append($"echo '{KernelTruth.Begin}'\n{FramesPath} <<'EOF'\n");
        foreach (var bridge in topology.Bridges)
            _ = script.Append($"bridge {prefix}{bridge.Space.Name} {bridge.Name}\n");
        foreach (var (device, address) in topology.Ends)
            _ = script.Append($"end {prefix}{device.Space.Name} {device.Name} {address}\n");
        return script
            .Append("sizes ")
            .AppendJoin(' ', topology.Sizes)
            .Append("\nEOF\n")
            .Append(TopologyScript.Remove(topology, prefix))
            .ToString();
    }
}
