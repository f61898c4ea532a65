using FsCheck;
using FsCheck.Fluent;
using Shouldly;
using XenVlan.Changes.Persistence.Domains;
using XenVlan.Model;
using XenVlan.Tests.Model;
using Xunit;

namespace XenVlan.Tests.Changes.Persistence.Domains;

public sealed class PortVlansTextTests
{
    [Fact]
    public void What_is_written_is_read_back() =>
        Prop.ForAll(
                Ports().ToArbitrary(),
                port =>
                {
                    PortVlansText.TryRead(PortVlansText.Write(port), out var read).ShouldBeTrue();
                    read.ShouldBe(port);
                    if (PortVlansText.WriteKey(port) is { } key)
                        PortVlansText.KeySays(key, port).ShouldBeTrue();
                }
            )
            .Holds();

    [Theory]
    [InlineData("10p")]
    [InlineData("10p/20-30")]
    [InlineData("5pt/7/9-11u")]
    [InlineData("none")]
    public void It_reads_as_xl_writes_it(string text)
    {
        PortVlansText.TryRead(text, out var vlans).ShouldBeTrue();
        PortVlansText.Write(vlans).ShouldBe(text);
    }

    [Theory]
    [InlineData("")]
    [InlineData("0")]
    [InlineData("4095p")]
    [InlineData("10p/20p")]
    [InlineData("10-20p")]
    [InlineData("10,20")]
    [InlineData("10/")]
    [InlineData("20-10")]
    [InlineData("10t")]
    [InlineData("all")]
    [InlineData("100+10x4")]
    public void What_is_no_such_text_is_not_read(string text) => PortVlansText.TryRead(text, out _).ShouldBeFalse();

    [Fact]
    public void A_vlan_alone_in_the_key_is_that_of_untagged_frames()
    {
        PortVlansText.KeySays("10", PortVlans.Access(new VlanId(10))).ShouldBeTrue();
        PortVlansText.KeySays("20/10p", PortVlans.Trunk(VlanSet.Parse("20"), new VlanId(10))).ShouldBeTrue();
        PortVlansText.KeySays("10", PortVlans.Access(new VlanId(1))).ShouldBeFalse();
        PortVlansText.KeySays(null, PortVlans.Access(new VlanId(1))).ShouldBeFalse();
        PortVlansText.WriteKey(PortVlans.Trunk(VlanSet.Parse("20"), null)).ShouldBeNull();
    }

    private static Gen<PortVlans> Ports() =>
        from allowed in Generators.VlanSets
        from untagged in Generators.VlanSets
        from pvid in Generators.VlanIds
        from hasPvid in Gen.Elements(true, false)
        select new PortVlans(hasPvid ? allowed.Union(VlanSet.Of(pvid)) : allowed, untagged.Intersect(allowed), hasPvid ? pvid : null);
}
