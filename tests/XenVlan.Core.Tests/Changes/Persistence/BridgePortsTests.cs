using Shouldly;
using XenVlan.Changes.Persistence.Ifupdown;
using Xunit;

namespace XenVlan.Tests.Changes.Persistence;

public class BridgePortsTests
{
    [Theory]
    [InlineData("eth0 eth1", "eth1", true)]
    [InlineData("eth0 eth1", "eth10", false)]
    [InlineData("regex eth.*", "eth10", true)]
    [InlineData("regex th.*", "eth10", false)]
    [InlineData("regex eth0|vif[0-9]+\\.0 noregex eth.*", "vif12.0", true)]
    [InlineData("regex eth0 noregex eth.*", "eth5", false)]
    [InlineData("all", "enp3s0", true)]
    [InlineData("all", "vif1.0", false)]
    [InlineData("regex eth( eth2", "eth2", true)]
    public void A_port_is_one_that_is_named_or_matched_whole(string value, string port, bool isPort) =>
        BridgePorts.Has(value, port).ShouldBe(isPort);

    [Fact]
    public void A_pattern_that_takes_a_backtracking_search_for_ever_is_answered_all_the_same()
    {
        BridgePorts.Has("regex ((((a*)*)*)*)*b", "aaaaaaaaaaaaaaa").ShouldBeFalse();
        BridgePorts.Has("regex ((((a*)*)*)*)*b", "aaaaaaaaaaaaaab").ShouldBeTrue();
    }

    [Fact]
    public void Many_patterns_need_little_memory()
    {
        var value = "regex " + string.Join(' ', Enumerable.Range(0, 200).Select(n => $"x{n}[a-z]*"));
        var before = GC.GetAllocatedBytesForCurrentThread();

        BridgePorts.Has(value, "eth0").ShouldBeFalse();

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(16L << 20);
    }
}
