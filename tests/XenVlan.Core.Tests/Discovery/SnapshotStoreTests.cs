using Shouldly;
using XenVlan.Hosts;
using XenVlan.Model;
using Xunit;

namespace XenVlan.Tests.Discovery;

/// <summary>Each host is read once, when it is first needed.</summary>
public sealed class SnapshotStoreTests
{
    private static readonly HostTarget A = HostTarget.Parse("a");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_host_that_is_known_is_not_asked()
    {
        var hosts = new KnownHosts();
        var store = hosts.Store(Network.Host("a").Nic("eth0"));

        (await store.GetAsync(A, Stop)).Interfaces.ShouldHaveSingleItem().Name.ShouldBe("eth0");

        hosts.Asked.ShouldBe(0);
    }

    [Fact]
    public async Task A_host_is_asked_once_by_all_who_need_it()
    {
        var hosts = new KnownHosts();
        var store = hosts.Store();

        var first = store.GetAsync(A, Stop);
        var second = store.GetAsync(A, Stop);

        second.ShouldBeSameAs(first);
        (await Should.ThrowAsync<XenVlanException>(() => first)).ErrorId.ShouldBe(ErrorIds.HostUnreachable);
        hosts.Asked.ShouldBe(1);
    }

    [Fact]
    public async Task A_newer_snapshot_of_a_host_takes_the_place_of_the_older()
    {
        var store = KnownHosts.Of(Network.Host("a").Nic("eth0"), Network.Host("b"));

        store.Add(Network.Host("a").Nic("eth1"));

        (await store.GetAsync(A, Stop)).Interfaces.ShouldHaveSingleItem().Name.ShouldBe("eth1");
        store.Known().Select(h => h.HostName).ShouldBe(["a", "b"], ignoreOrder: true);
    }

    [Fact]
    public async Task A_host_that_could_not_be_read_is_not_known()
    {
        var store = KnownHosts.Of(Network.Host("b"));

        await Should.ThrowAsync<XenVlanException>(() => store.GetAsync(A, Stop));

        store.Known().Select(h => h.HostName).ShouldBe(["b"]);
    }
}
