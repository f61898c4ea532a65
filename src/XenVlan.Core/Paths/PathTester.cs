using System.Net;
using XenVlan.Discovery;
using XenVlan.Model;
using XenVlan.Paths.Diagnosis;
using XenVlan.Paths.Ends;
using XenVlan.Paths.Forwarding;
using XenVlan.Paths.Probing;
using XenVlan.Paths.Watching;

namespace XenVlan.Paths;

/// <summary>Tests paths: predicts what becomes of a frame, sends real ones, and compares.</summary>
public sealed class PathTester
{
    private readonly SnapshotStore _store;
    private readonly IReadOnlyList<Wire> _wires;

    /// <summary>Makes a tester.</summary>
    /// <param name="store">Gives the hosts' snapshots and reaches the hosts.</param>
    /// <param name="wires">The wires between the hosts, as far as they are described; ends named as the hosts are in requests.</param>
    public PathTester(SnapshotStore store, IReadOnlyList<Wire>? wires = null)
    {
        ArgumentNullException.ThrowIfNull(store);
        _store = store;
        _wires = wires ?? [];
    }

    /// <summary>Tests a path.</summary>
    /// <param name="request">The path.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <returns>What was found.</returns>
    /// <exception cref="XenVlanException">
    /// A host could not be reached, or an end does not exist (<see cref="ErrorIds.InterfaceNotFound"/>,
    /// <see cref="ErrorIds.DomainNotFound"/>, <see cref="ErrorIds.NicNotFound"/>, <see cref="ErrorIds.EndpointNotFound"/>).
    /// </exception>
    public async Task<XenVlanPathResult> TestAsync(PathRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var (source, target, named) = await new PathResolver(_store, _wires).ResolveAsync(request, cancellationToken).ConfigureAwait(false);
        var size = request.Mtu ?? Math.Min(source.Mtu, target?.Mtu ?? source.Mtu);
        var stage = StandIns.For(request, source, target, named);
        var signature = ProbeSignature.Make(source.Point.Interface, stage.SourceAddress, stage.Address, size, request.TcpPort) with
        {
            SourceMac = source.Nic is null ? source.Point.Interface.Mac : null,
        };
        var path = new PathUnderTest(
            new PathNetwork(_store.Known(), _wires),
            source.Endpoint,
            target?.Endpoint,
            stage.Address,
            size,
            request.TcpPort
        )
        {
            From = source.Nic is null ? signature.Source : stage.SourceAddress,
        };
        var verdict = new PathJudge(request, path);
        return Label(await RunAsync().ConfigureAwait(false), request, source, target, named);

        async Task<XenVlanPathResult> RunAsync()
        {
            if (request.Offline)
                return verdict.FromPrediction();
            var connection = _store.Connect(source.Target);
            await using (connection.ConfigureAwait(false))
            {
                if (request is { Expected: PathExpectation.Isolated, TcpPort: not null } && stage.Source is null)
                    return verdict.FromService(
                        await PathProber
                            .ConnectAsync(connection, source.Point.Interface.Name, signature, cancellationToken)
                            .ConfigureAwait(false)
                    );

                var session = new ProbeSession(_store, connection, request, source, target, stage, signature, size);
                var way = path.Small is { } small ? [.. small.Forward.Hops, .. small.Back.Hops] : PathDeparture.From(source);
                var (report, seen) = await session.RunAsync(way, cancellationToken).ConfigureAwait(false);
                var found = verdict.FromProbes(report, seen);
                var result = TraceAnnotator.Annotate(
                    path.Small is null && seen is not null ? found with { Hops = way } : found,
                    report,
                    seen
                );
                return await DomainStateCheck.AskAsync(result, _store, path.Network, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private static XenVlanPathResult Label(
        XenVlanPathResult result,
        PathRequest request,
        ResolvedEnd source,
        ResolvedEnd? target,
        IPAddress? address
    )
    {
        if (source.Nic is not null)
            result = result with { Source = source.Label, VlanId = (request.Vlan ?? target?.OwnVlan)?.Value };
        return target?.Nic is null ? result : result with { Target = address is null ? target.Label : $"{target.Label} ({address})" };
    }
}
