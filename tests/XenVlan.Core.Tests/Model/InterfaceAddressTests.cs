using System.Net;
using FsCheck;
using FsCheck.Fluent;
using Shouldly;
using XenVlan.Model;
using Xunit;

namespace XenVlan.Tests.Model;

public sealed class InterfaceAddressTests
{
    private static readonly Gen<byte> Octet = Gen.Choose(0, 255).Select(n => (byte)n);
    private static readonly Arbitrary<string> Texts = Gen.OneOf(
            Gen.Zip(Octet.ArrayOf(4), Gen.Choose(0, 32)).Select(t => $"{new IPAddress(t.Item1)}/{t.Item2}"),
            Gen.Zip(Octet.ArrayOf(16), Gen.Choose(0, 128)).Select(t => $"{new IPAddress(t.Item1)}/{t.Item2}")
        )
        .ToArbitrary();

    [Fact]
    public void What_an_address_prints_as_is_read_back() =>
        Prop.ForAll(
                Texts,
                text =>
                {
                    var address = InterfaceAddress.Parse(text);
                    address.ToString().ShouldBe(text);
                    InterfaceAddress.Parse(address.ToString()).ShouldBe(address);
                }
            )
            .Holds();

    [Fact]
    public void A_network_contains_its_own_address_and_what_only_differs_behind_the_prefix() =>
        Prop.ForAll(
                Texts,
                text =>
                {
                    var address = InterfaceAddress.Parse(text);
                    address.NetworkContains(address.Address).ShouldBeTrue();
                    var bytes = address.Address.GetAddressBytes();
                    if (address.PrefixLength < bytes.Length * 8)
                    {
                        bytes[^1] ^= 1;
                        address.NetworkContains(new IPAddress(bytes)).ShouldBeTrue();
                        bytes[^1] ^= 1;
                    }

                    if (address.PrefixLength > 0)
                    {
                        bytes[0] ^= 0x80;
                        address.NetworkContains(new IPAddress(bytes)).ShouldBeFalse();
                    }
                }
            )
            .Holds();

    [Theory]
    [InlineData("")]
    [InlineData("10.0.0.1")]
    [InlineData("10.0.0.1/")]
    [InlineData("10.0.0.1/33")]
    [InlineData("10.0.0.1/-1")]
    [InlineData("10.0.0.1/24/24")]
    [InlineData("10.1/24")]
    [InlineData("010.0.0.1/24")]
    [InlineData("10.0.0.256/24")]
    [InlineData("fd00::1/129")]
    [InlineData("host/24")]
    public void Other_text_is_refused(string text)
    {
        InterfaceAddress.TryParse(text, out _).ShouldBeFalse();
        Should.Throw<XenVlanException>(() => InterfaceAddress.Parse(text)).ErrorId.ShouldBe(ErrorIds.InvalidValue);
    }

    [Fact]
    public void An_address_of_the_other_family_is_in_no_network() =>
        InterfaceAddress.Parse("0.0.0.0/0").NetworkContains(IPAddress.Parse("fd00::1")).ShouldBeFalse();
}
