using System.Globalization;
using FsCheck.Fluent;
using Shouldly;
using XenVlan.Model;
using Xunit;

namespace XenVlan.Tests.Model;

public sealed class DisplayTextTests
{
    [Fact]
    public void Cleaned_text_has_nothing_a_terminal_acts_on() =>
        Prop.ForAll(Generators.Texts.ToArbitrary(), text =>
            DisplayText.Clean(text).All(c => !char.IsControl(c) && char.GetUnicodeCategory(c) is not UnicodeCategory.Format)).Holds();

    [Fact]
    public void Ordinary_text_is_left_as_it_is() => DisplayText.Quote("eth0 (\u00e4)").ShouldBe("\"eth0 (\u00e4)\"");

    [Fact]
    public void Control_characters_are_shown_as_escapes() =>
        DisplayText.Clean("a\u001b[2J\r\nb\u202e").ShouldBe("a\\u001b[2J\\u000d\\nb\\u202e");

    [Fact]
    public void Long_text_is_cut() => DisplayText.Clean(new string('a', 100), 10).ShouldBe("aaaaaaaaaa\u2026");

    [Fact]
    public void Nothing_is_shown_as_nothing() => DisplayText.Quote(null).ShouldBe("\"\"");
}
