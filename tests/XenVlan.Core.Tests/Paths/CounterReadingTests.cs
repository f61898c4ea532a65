using Shouldly;
using XenVlan.Model;
using XenVlan.Paths.Watching;
using Xunit;

namespace XenVlan.Tests.Paths;

public sealed class CounterReadingTests
{
    private const string Output = """
        m fdb 52:54:00:61:00:01 dev eth1 vlan 10 used 226/3 master xenbr0
        m fdb 52:54:00:61:00:01 dev eth1 vlan 1 used 0/100 master xenbr0
        m fdb 52:54:00:61:00:01 dev vif1.0 used 0/0 master xenbr1
        m link eth1 100 9000 50 4000
        m vlan eth1 port              vlan-id
        m vlan eth1 eth1              1 PVID Egress Untagged
        m vlan eth1                     RX: 12 bytes 3 packets
        m vlan eth1                     TX: 4 bytes 1 packets
        m vlan eth1                   10
        m vlan eth1                     RX: 700 bytes 7 packets
        m vlan eth1                     TX: 0 bytes 0 packets
        m link vif1.0 1 2 3 4
        m link eth1 101 9100 50 4000
        m vlan eth1 eth1              1 PVID Egress Untagged
        m vlan eth1                     RX: 12 bytes 3 packets
        m vlan eth1                     TX: 4 bytes 1 packets
        m vlan eth1                   10
        m vlan eth1                     RX: 900 bytes 9 packets
        m vlan eth1                     TX: 60 bytes 1 packets
        x link eth1 1 1 1 1
        m link vif1.0 broken
        """;

    private readonly CounterReading _reading = CounterReading.Read(Output, "m");

    [Fact]
    public void An_interface_has_two_readings() =>
        _reading.Of("eth1", null).ShouldBe((new TrafficCounters(100, 9000, 50, 4000), new TrafficCounters(101, 9100, 50, 4000)));

    [Fact]
    public void The_counters_of_the_vlan_are_preferred() =>
        _reading
            .Of("eth1", new VlanTag(new VlanId(10), VlanProtocol.Dot1Q))
            .ShouldBe((new TrafficCounters(7, 700, 0, 0), new TrafficCounters(9, 900, 1, 60)));

    [Fact]
    public void Half_a_reading_is_none() => _reading.Of("vif1.0", null).ShouldBeNull();

    [Fact]
    public void Where_the_source_was_learned_is_read_with_the_vlan()
    {
        _reading.LearnedAgo("eth1", new VlanId(10)).ShouldBe(3);
        _reading.LearnedAgo("eth1", new VlanId(1)).ShouldBe(100);
        _reading.LearnedAgo("eth1", new VlanId(20)).ShouldBeNull();
        _reading.LearnedAgo("vif1.0", new VlanId(10)).ShouldBeNull();
    }

    [Theory]
    [InlineData(17, 17 * 620, 0, true)]
    [InlineData(40, 40 * 620, 10, true)]
    [InlineData(16, 16 * 620, 0, false)]
    [InlineData(100, 100 * 60, 0, false)]
    [InlineData(17, 17 * 620, 100_000, null)]
    public void A_burst_is_told_from_other_traffic(int packets, int bytes, int noise, bool? holds) =>
        new TrafficCounters(packets, bytes, 0, 0).Holds(17, 601, new TrafficCounters(1, noise, 0, 0)).ShouldBe(holds);
}
