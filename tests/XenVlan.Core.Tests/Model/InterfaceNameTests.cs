using System.Text;
using FsCheck.Fluent;
using Shouldly;
using XenVlan.Model;
using Xunit;

namespace XenVlan.Tests.Model;

public sealed class InterfaceNameTests
{
    [Theory]
    [InlineData("eth0")]
    [InlineData("eth0.10")]
    [InlineData("vif1.0-emu")]
    [InlineData("xenbr0")]
    [InlineData("123456789012345")]
    [InlineData("\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4")]
    [InlineData("...")]
    [InlineData("a@b")]
    public void Names_the_kernel_allows_are_allowed(string text)
    {
        InterfaceName.Parse(text).Value.ShouldBe(text);
        InterfaceName.TryParse(text, out var name).ShouldBeTrue();
        name.ToString().ShouldBe(text);
    }

    [Theory]
    [InlineData("", "empty")]
    [InlineData(".", "reserves")]
    [InlineData("..", "reserves")]
    [InlineData("a/b", "'/'")]
    [InlineData("eth0:1", "':'")]
    [InlineData("a b", "white space")]
    [InlineData("a\n", "white space")]
    [InlineData("a\u001b[2J", "not printable")]
    [InlineData("-a", "begins with '-'")]
    [InlineData("1234567890123456", "16 bytes")]
    [InlineData("\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4", "16 bytes")]
    public void Others_are_refused_with_the_reason(string text, string why)
    {
        InterfaceName.TryParse(text, out _).ShouldBeFalse();
        var error = Should.Throw<XenVlanException>(() => new InterfaceName(text));
        error.ErrorId.ShouldBe(ErrorIds.InvalidValue);
        error.Message.ShouldContain(why);
    }

    [Fact]
    public void No_name_is_one_the_kernel_refuses() =>
        Prop.ForAll(
                Generators.Texts.ToArbitrary(),
                text =>
                {
                    if (!InterfaceName.TryParse(text, out var name))
                        return;

                    // dev_valid_name in the kernel's net/core/dev.c.
                    var bytes = Encoding.UTF8.GetBytes(name.Value);
                    bytes.Length.ShouldBeInRange(1, 15);
                    bytes.ShouldNotContain((byte)'/');
                    bytes.ShouldNotContain((byte)':');
                    bytes.Any(b => b is 0 or 9 or 10 or 11 or 12 or 13 or 32).ShouldBeFalse();
                    name.Value.ShouldNotBeOneOf(".", "..");
                }
            )
            .Holds();
}
