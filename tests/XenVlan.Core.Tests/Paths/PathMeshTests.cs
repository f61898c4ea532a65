using Shouldly;
using XenVlan.Hosts;
using XenVlan.Model;
using XenVlan.Paths;
using XenVlan.Paths.Ends;
using Xunit;

namespace XenVlan.Tests.Paths;

public sealed class PathMeshTests
{
    private static readonly PathRequest Basis = new()
    {
        FromHost = HostTarget.Local,
        To = new PathTarget(),
        Expected = PathExpectation.Reachable,
    };

    [Fact]
    public void Every_pair_of_hosts_that_share_a_vlan_is_tested_once()
    {
        var paths = PathMesh.Between(
            [
                Link("a", 10, "10.10.0.1/24"),
                Link("a", 20, "10.20.0.1/24"),
                Link("b", 10, "10.10.0.2/24"),
                Link("c", 10, "10.10.0.3/24"),
                Link("b", 30, "10.30.0.2/24"),
                Link("a", 10, "10.10.0.1/24"),
            ],
            Basis
        );

        paths
            .Select(p => $"{p.FromHost}/{p.FromInterface} {p.To.Host}/{p.To.Interface}")
            .ShouldBe(["a/eth0.10 b/eth0.10", "a/eth0.10 c/eth0.10", "b/eth0.10 c/eth0.10"]);
        paths.ShouldAllBe(p => p.Expected == PathExpectation.Reachable);
    }

    [Fact]
    public void A_pair_is_tested_towards_the_one_with_an_address()
    {
        var path = PathMesh.Between([Link("a", 10, "10.10.0.1/24"), Link("b", 10, null)], Basis).ShouldHaveSingleItem();
        path.FromHost.Name.ShouldBe("b");
        PathMesh.Between([Link("a", 10, null), Link("b", 10, null)], Basis).ShouldBeEmpty();
        PathMesh.Between([Link("a", 10, null), Link("b", 10, null)], Basis with { Offline = true }).Count.ShouldBe(1);
    }

    private static XenVlanInterface Link(string host, int vlan, string? address) =>
        new()
        {
            HostName = host,
            Name = $"eth0.{vlan}",
            Parent = "eth0",
            VlanId = vlan,
            ParsedAddresses = address is null ? [] : [InterfaceAddress.Parse(address)],
            Snapshot = new HostSnapshot
            {
                HostName = host,
                TakenAt = DateTimeOffset.UnixEpoch,
                NodeName = host,
                Kernel = KernelVersion.Parse("6.1.0"),
            },
        };
}
