using System.Net;
using Shouldly;
using XenVlan.Discovery;
using XenVlan.Hosts;
using XenVlan.Model;
using XenVlan.Paths.Forwarding;
using XenVlan.Paths.Probing;
using XenVlan.Paths.Watching;
using Xunit;
using static XenVlan.Tests.Paths.Network;

namespace XenVlan.Tests.Paths;

public sealed class PathWatchTests
{
    [Fact]
    public async Task Every_host_on_the_way_is_watched_also_one_named_wire_and_no_wire_is()
    {
        var (wire, b) = (Host("wire"), Host("b"));
        var way = FrameWalk
            .Run(
                new PathNetwork([wire, b], [new([new("wire", "eth1"), new("b", "eth1")], VlanSet.All, null, null)]),
                PathNetwork.Find(wire, "xenbr0.10")!,
                PathNetwork.Find(b, "xenbr0.10")!,
                100
            )
            .Hops;
        await using var machine = new HostConnector();
        var store = new SnapshotStore(new OneMachine(machine), SshSettings.Default);
        await using var connection = machine.Connect(HostTarget.Local, SshSettings.Default);

        var (seen, _) = await new PathWatch(store, way, new ProbeSignature(null, null, IPAddress.Loopback, 100, 20, null)).RunAsync(
            () => Task.FromResult(new ProbeReport([], null, [])),
            _ => null,
            connection,
            TestContext.Current.CancellationToken
        );

        // This machine has none of the interfaces, so whatever it has to watch with, it says of both why it could not.
        seen.NotWatched.Keys.Order().ShouldBe(["b", "wire"]);
    }

    /// <summary>This machine, whatever host is asked for.</summary>
    private sealed class OneMachine(HostConnector inner) : IHostConnector
    {
        public IHostConnection Connect(HostTarget target, SshSettings settings) => inner.Connect(HostTarget.Local, settings);

        public IHostConnection OpenNewConnection(HostTarget target, SshSettings settings) =>
            inner.OpenNewConnection(HostTarget.Local, settings);
    }
}
