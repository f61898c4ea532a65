using Shouldly;
using XenVlan.UndoCheck;
using Xunit;

namespace XenVlan.Lab.Tests;

/// <summary>Random changes, undone on a real kernel. <c>./build.sh undo-check</c> does the same with many more.</summary>
[Collection(Lanes.SharedHosts)]
[Trait(Lanes.Trait, Lanes.Third)]
public sealed class UndoCheckTests
{
    private const int Hosts = 6;

    // A VLAN interface of one that is down, one on a bridge that has lost its last port, one whose address is its parent's of once,
    // and a bridge with its first port.
    private static readonly int[] Special = [58, 93, 222, 44];

    [Fact]
    public async Task Random_hosts_changed_by_chance_are_as_before_when_the_change_is_undone()
    {
        var results = new List<UndoResult>();

        await UndoCheckRun.RunAsync(null, [.. Enumerable.Range(1, Hosts), .. Special], results.Add, TestContext.Current.CancellationToken);

        results.Count.ShouldBe(Hosts + Special.Length);
        results.Where(r => !r.Passed).Select(r => r.Describe(all: false)).ShouldBeEmpty();
        results.Sum(r => r.Steps).ShouldBeGreaterThan(0);
    }
}
