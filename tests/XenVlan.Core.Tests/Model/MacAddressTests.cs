using FsCheck;
using FsCheck.Fluent;
using Shouldly;
using XenVlan.Model;
using Xunit;

namespace XenVlan.Tests.Model;

public sealed class MacAddressTests
{
    private static readonly Arbitrary<byte[]> Bytes = Gen.Choose(0, 255).Select(n => (byte)n).ArrayOf(6).ToArbitrary();

    [Fact]
    public void An_address_prints_as_it_was_written() =>
        Prop.ForAll(
                Bytes,
                bytes =>
                {
                    var text = Convert.ToHexString(bytes).ToLowerInvariant();
                    var pairs = Enumerable.Range(0, 6).Select(i => text.Substring(2 * i, 2)).ToList();
                    MacAddress.Parse(string.Join(':', pairs)).ToString().ShouldBe(string.Join(':', pairs));
                    MacAddress.Parse(string.Join('-', pairs).ToUpperInvariant()).ShouldBe(MacAddress.Parse(string.Join(':', pairs)));
                }
            )
            .Holds();

    [Fact]
    public void The_group_bit_is_the_lowest_of_the_first_byte() =>
        Prop.ForAll(
                Bytes,
                bytes => MacAddress.Parse(string.Join(':', bytes.Select(b => b.ToString("x2")))).IsGroup == ((bytes[0] & 1) != 0)
            )
            .Holds();

    [Theory]
    [InlineData("00:16:3e:01:02:03", true)]
    [InlineData("00:16:3f:01:02:03", false)]
    [InlineData("fe:ff:ff:ff:ff:ff", false)]
    public void Xen_s_vendor_part_is_known(string text, bool isXen) => MacAddress.Parse(text).IsXen.ShouldBe(isXen);

    [Theory]
    [InlineData("")]
    [InlineData("00:16:3e:01:02")]
    [InlineData("00:16:3e:01:02:03:04")]
    [InlineData("00:16:3e:01:02:3")]
    [InlineData("00:16:3e:01:02:0x")]
    [InlineData("00:16:3e:01:02: 3")]
    [InlineData("00163e010203")]
    public void Other_text_is_refused(string text)
    {
        MacAddress.TryParse(text, out _).ShouldBeFalse();
        Should.Throw<XenVlanException>(() => MacAddress.Parse(text)).ErrorId.ShouldBe(ErrorIds.InvalidValue);
    }
}
