using System.Net;
using Shouldly;
using XenVlan.Hosts;
using XenVlan.Model;
using XenVlan.Paths;
using XenVlan.Paths.Ends;
using XenVlan.Tests.Discovery;
using Xunit;

namespace XenVlan.Tests.Paths;

/// <summary>Which interfaces a path is between, and what is foretold of it without asking a host.</summary>
public sealed class PathResolverTests
{
    private static readonly NetworkHost A = XenVlan
        .Tests.Network.Host("a")
        .Nic("eth0")
        .With("192.0.2.1/24")
        .Bridge("xenbr0")
        .Port("eth1")
        .Vif(5)
        .Vlan("xenbr0", 10)
        .With("10.0.0.1/24", "fe80::1/64")
        .Vlan("xenbr0", 20)
        .With("10.0.20.1/24");

    private static readonly NetworkHost B = XenVlan
        .Tests.Network.Host("b")
        .Nic("eth0")
        .With("192.0.2.2/24")
        .Bridge("xenbr0")
        .Port("eth1")
        .Vlan("xenbr0", 10)
        .With("10.0.0.2/24")
        .Vlan("xenbr0", 30);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static PathRequest From(string name, string to) =>
        new()
        {
            FromHost = HostTarget.Parse("a"),
            FromInterface = new InterfaceName(name),
            To = PathTarget.Parse(to),
            Offline = true,
        };

    [Theory]
    [InlineData("xenbr0.10", "b", "b/xenbr0.10", "10.0.0.2")]
    [InlineData("eth0", "b", "b/eth0", "192.0.2.2")]
    [InlineData("eth0", "b/xenbr0.10", "b/xenbr0.10", "10.0.0.2")]
    [InlineData("xenbr0.10", "10.0.0.2", "b/xenbr0.10", "10.0.0.2")]
    [InlineData("xenbr0.10", "10.0.0.77", null, "10.0.0.77")]
    public async Task The_other_end_is_the_interface_that_is_meant(string from, string to, string? label, string address)
    {
        var (source, target, found) = await ResolveAsync(From(from, to));

        source.Label.ShouldBe($"a/{from}");
        target?.Label.ShouldBe(label);
        (target is null).ShouldBe(label is null);
        found.ShouldBe(IPAddress.Parse(address));
    }

    [Fact]
    public async Task A_nic_that_nobody_can_log_into_is_an_end_without_an_address()
    {
        var (_, target, address) = await ResolveAsync(From("xenbr0.10", "a/web:0"));

        target!.Nic!.Port.Name.ShouldBe("vif5.0");
        address.ShouldBeNull();
    }

    [Theory]
    [InlineData("xenbr0.20", "b", ErrorIds.EndpointNotFound, "on VLAN 20")]
    [InlineData("xenbr0.10", "b/xenbr0.30", ErrorIds.EndpointNotFound, "has no address to send to")]
    [InlineData("xenbr0.10", "b/eth7", ErrorIds.InterfaceNotFound, "\"eth7\"")]
    [InlineData("eth7", "b", ErrorIds.InterfaceNotFound, "\"eth7\"")]
    [InlineData("xenbr0.10", "a/mail:0", ErrorIds.DomainNotFound, "mail")]
    [InlineData("xenbr0.10", "a/web:3", ErrorIds.NicNotFound, "3")]
    [InlineData("xenbr0.10", "c", ErrorIds.HostUnreachable, "c")]
    public async Task An_end_that_is_not_there_is_an_error_that_names_it(string from, string to, string id, string named)
    {
        var error = await Should.ThrowAsync<XenVlanException>(() => ResolveAsync(From(from, to)));

        error.ErrorId.ShouldBe(id);
        error.Message.ShouldContain(named);
    }

    [Fact]
    public async Task A_path_needs_a_beginning_and_an_end()
    {
        var nothing = From("xenbr0.10", "b");

        (await Should.ThrowAsync<XenVlanException>(() => ResolveAsync(nothing with { FromInterface = null }))).Message.ShouldContain(
            "no beginning"
        );
        (await Should.ThrowAsync<XenVlanException>(() => ResolveAsync(nothing with { To = new PathTarget() }))).Message.ShouldContain(
            "no end"
        );
    }

    [Theory]
    [InlineData("10", true)]
    [InlineData("20", false)]
    public async Task What_becomes_of_a_frame_is_foretold_without_asking_a_host(string wire, bool passes)
    {
        var hosts = new KnownHosts();
        var tester = new PathTester(
            hosts.Store(A, B),
            [new Wire([new WireEnd("a", "eth1"), new WireEnd("b", "eth1")], VlanSet.Parse(wire), null, null)]
        );

        var result = await tester.TestAsync(From("xenbr0.10", "b") with { Expected = PathExpectation.Reachable }, Stop);

        (result.Reachable, result.AsExpected).ShouldBe((passes, passes));
        hosts.Asked.ShouldBe(0);
    }

    private static Task<(ResolvedEnd Source, ResolvedEnd? Target, IPAddress? Address)> ResolveAsync(PathRequest request) =>
        new PathResolver(KnownHosts.Of(A, B), []).ResolveAsync(request, Stop);
}
