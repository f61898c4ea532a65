using FsCheck.Fluent;
using Shouldly;
using XenVlan.Model;
using Xunit;

namespace XenVlan.Tests.Model;

public sealed class VlanIdTests
{
    [Fact]
    public void Exactly_the_numbers_from_1_to_4094_are_ids() =>
        Prop.ForAll(
                Gen.Choose(-10, 5000).ToArbitrary(),
                n =>
                {
                    var valid = n is >= 1 and <= 4094;
                    VlanId.TryParse($"{n}", out var parsed).ShouldBe(valid);
                    if (valid)
                    {
                        parsed.Value.ShouldBe(n);
                        parsed.ShouldBe(new VlanId(n));
                    }
                    else
                    {
                        Should.Throw<XenVlanException>(() => new VlanId(n)).ErrorId.ShouldBe(ErrorIds.InvalidValue);
                    }
                }
            )
            .Holds();

    [Fact]
    public void What_an_id_prints_as_is_read_back() =>
        Prop.ForAll(Generators.VlanIds.ToArbitrary(), id => VlanId.Parse(id.ToString()) == id).Holds();

    [Fact]
    public void Ids_are_in_the_order_of_their_numbers() =>
        Prop.ForAll(
                Gen.Zip(Generators.VlanIds, Generators.VlanIds).ToArbitrary(),
                t =>
                {
                    (t.Item1 < t.Item2).ShouldBe(t.Item1.Value < t.Item2.Value);
                    (t.Item1 >= t.Item2).ShouldBe(t.Item1.Value >= t.Item2.Value);
                    Math.Sign(t.Item1.CompareTo(t.Item2)).ShouldBe(Math.Sign(t.Item1.Value.CompareTo(t.Item2.Value)));
                }
            )
            .Holds();

    [Theory]
    [InlineData("")]
    [InlineData("0")]
    [InlineData("4095")]
    [InlineData(" 10")]
    [InlineData("+10")]
    [InlineData("-1")]
    [InlineData("0x10")]
    [InlineData("10.0")]
    [InlineData("99999999999")]
    [InlineData("ten")]
    public void Other_text_is_refused_and_named(string text) =>
        Should.Throw<XenVlanException>(() => VlanId.Parse(text)).Message.ShouldContain($"\"{text}\"");

    [Fact]
    public void No_value_of_the_type_is_outside_the_range() => default(VlanId).Value.ShouldBe(1);
}
