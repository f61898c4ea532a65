using XenVlan.Hosts;
using XenVlan.Model;
using XenVlan.Paths;
using XenVlan.Paths.Ends;

namespace XenVlan.Lab.Tests;

/// <summary>What tests of paths share: VLAN 10 on both hosts, and a described wire between them.</summary>
public abstract class PathLabTest(LabFixture fixture) : LabTest(fixture)
{
    protected static Wire Trunk { get; } = new([new WireEnd("a", "eth1"), new WireEnd("b", "eth1")], VlanSet.All, new VlanId(1), null);

    protected Task TwoHostsOnVlan10Async() => Task.WhenAll(MakeVlanAsync("a", 10, "10.10.0.1/24"), MakeVlanAsync("b", 10, "10.10.0.2/24"));

    /// <summary>Both hosts as they are.</summary>
    protected async Task<string> StateAsync() =>
        string.Concat((await Task.WhenAll(Fixture.ReadAsync("a"), Fixture.ReadAsync("b"))).Select(HostState.Of));

    protected Task<XenVlanPathResult> TestAsync(string from, string link, string to, Func<PathRequest, PathRequest>? more = null)
    {
        var request = new PathRequest
        {
            FromHost = HostTarget.Parse(from),
            FromInterface = new InterfaceName(link),
            To = PathTarget.Parse(to),
            Expected = PathExpectation.Reachable,
        };
        return TestAsync(more?.Invoke(request) ?? request);
    }

    protected async Task<XenVlanPathResult> TestAsync(PathRequest request)
    {
        var store = Fixture.NewStore(Connector);
        _ = await Task.WhenAll(store.GetAsync(HostTarget.Parse("a"), Stop), store.GetAsync(HostTarget.Parse("b"), Stop));
        return await new PathTester(store, [Trunk]).TestAsync(request, Stop);
    }
}
