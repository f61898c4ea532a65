using FsCheck;
using FsCheck.Fluent;
using Shouldly;
using XenVlan.Model;
using Xunit;

namespace XenVlan.Tests.Model;

public sealed class VlanSetTests
{
    private static readonly Arbitrary<VlanSet> One = Generators.VlanSets.ToArbitrary();
    private static readonly Arbitrary<(VlanSet A, VlanSet B)> Two = Gen.Zip(Generators.VlanSets, Generators.VlanSets)
        .Select(t => (t.Item1, t.Item2))
        .ToArbitrary();

    [Fact]
    public void What_a_set_prints_as_is_read_back() => Prop.ForAll(One, set => VlanSet.Parse(set.ToString()).Equals(set)).Holds();

    [Fact]
    public void A_set_is_what_a_set_of_numbers_is() =>
        Prop.ForAll(
                Two,
                sets =>
                {
                    var (a, b) = (Numbers(sets.A), Numbers(sets.B));
                    Numbers(sets.A.Union(sets.B)).SetEquals(a.Union(b)).ShouldBeTrue();
                    Numbers(sets.A.Intersect(sets.B)).SetEquals(a.Intersect(b)).ShouldBeTrue();
                    Numbers(sets.A.Except(sets.B)).SetEquals(a.Except(b)).ShouldBeTrue();
                    sets.A.Count.ShouldBe(a.Count);
                    sets.A.IsEmpty.ShouldBe(a.Count == 0);
                    sets.A.Equals(sets.B).ShouldBe(a.SetEquals(b));
                    Enumerable.Range(1, 4094).All(n => sets.A.Contains(new VlanId(n)) == a.Contains(n)).ShouldBeTrue();
                }
            )
            .Holds();

    [Fact]
    public void Equal_sets_have_equal_hashes() =>
        Prop.ForAll(One, set => VlanSet.Of(set.Reverse()).GetHashCode() == set.GetHashCode()).Holds();

    [Fact]
    public void Ranges_are_the_fewest_that_make_up_the_set() =>
        Prop.ForAll(
                One,
                set =>
                {
                    var ranges = set.Ranges().ToList();
                    ranges.Aggregate(VlanSet.None, (sum, r) => sum.Union(VlanSet.FromRange(r.First, r.Last))).ShouldBe(set);
                    ranges.Zip(ranges.Skip(1)).All(p => p.First.Last.Value + 1 < p.Second.First.Value).ShouldBeTrue();
                }
            )
            .Holds();

    [Theory]
    [InlineData("10,20-29", "10,20-29")]
    [InlineData(" 10 , 20 - 29 ", "10,20-29")]
    [InlineData("3,2,1", "1-3")]
    [InlineData("1-5,3-8", "1-8")]
    [InlineData("all", "1-4094")]
    [InlineData("ALL", "1-4094")]
    [InlineData("none", "none")]
    public void A_set_prints_in_its_shortest_form(string text, string shortest) => VlanSet.Parse(text).ToString().ShouldBe(shortest);

    [Theory]
    [InlineData("")]
    [InlineData("0")]
    [InlineData("4095")]
    [InlineData("10,")]
    [InlineData("10,,20")]
    [InlineData("20-10")]
    [InlineData("10-")]
    [InlineData("-10")]
    [InlineData("1-2-3")]
    [InlineData("10;20")]
    [InlineData("10 20")]
    [InlineData("none,10")]
    public void Other_text_is_refused(string text)
    {
        VlanSet.TryParse(text, out _).ShouldBeFalse();
        Should.Throw<XenVlanException>(() => VlanSet.Parse(text)).ErrorId.ShouldBe(ErrorIds.InvalidValue);
    }

    [Fact]
    public void Reading_never_fails_in_another_way() =>
        Prop.ForAll(Generators.Texts.ToArbitrary(), text => VlanSet.TryParse(text, out var set) == set is not null).Holds();

    [Fact]
    public void No_bit_beyond_the_ids_is_ever_set()
    {
        VlanSet.All.Count.ShouldBe(4094);
        VlanSet.All.Except(VlanSet.FromRange(new VlanId(1), new VlanId(4094))).IsEmpty.ShouldBeTrue();
        VlanSet.FromRange(new VlanId(9), new VlanId(8)).ShouldBe(VlanSet.None);
    }

    private static HashSet<int> Numbers(VlanSet set) => set.Select(id => id.Value).ToHashSet();
}
