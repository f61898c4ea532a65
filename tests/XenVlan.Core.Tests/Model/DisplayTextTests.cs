using System.Globalization;
using System.Text;
using FsCheck.Fluent;
using Shouldly;
using XenVlan.Model;
using Xunit;

namespace XenVlan.Tests.Model;

public sealed class DisplayTextTests
{
    [Fact]
    public void Cleaned_text_has_nothing_a_terminal_acts_on() =>
        Prop.ForAll(Generators.Texts.ToArbitrary(), text => DisplayText.Clean(text).EnumerateRunes().All(IsHarmless)).Holds();

    [Theory]
    [InlineData("\u2028")]
    [InlineData("\u2029")]
    [InlineData("\u202e")]
    [InlineData("\u2066")]
    [InlineData("\u061c")]
    [InlineData("\u200b")]
    [InlineData("\ufeff")]
    [InlineData("\u0085")]
    [InlineData("\U000e0041")]
    public void What_parts_or_turns_lines_or_is_not_seen_is_shown_as_an_escape(string text) =>
        DisplayText
            .Clean("a" + text + "b")
            .ShouldBe("a" + string.Concat(text.Select(c => string.Create(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"))) + "b");

    [Fact]
    public void Half_a_character_is_shown_as_an_escape() => DisplayText.Clean("a\ud800b\udc00").ShouldBe("a\\ud800b\\udc00");

    [Theory]
    [InlineData(1, "\U0001f600\u2026")]
    [InlineData(2, "\U0001f600\u2026")]
    public void A_character_is_not_cut_in_two(int length, string shown) =>
        DisplayText.Clean("\U0001f600\U0001f600", length).ShouldBe(shown);

    [Fact]
    public void Ordinary_text_is_left_as_it_is() => DisplayText.Quote("eth0 (\u00e4)").ShouldBe("\"eth0 (\u00e4)\"");

    [Fact]
    public void Control_characters_are_shown_as_escapes() =>
        DisplayText.Clean("a\u001b[2J\r\nb\u202e").ShouldBe("a\\u001b[2J\\u000d\\nb\\u202e");

    [Fact]
    public void Long_text_is_cut() => DisplayText.Clean(new string('a', 100), 10).ShouldBe("aaaaaaaaaa\u2026");

    [Fact]
    public void Nothing_is_shown_as_nothing() => DisplayText.Quote(null).ShouldBe("\"\"");

    private static bool IsHarmless(Rune rune) =>
        Rune.GetUnicodeCategory(rune)
            is not (
                UnicodeCategory.Control
                or UnicodeCategory.Format
                or UnicodeCategory.Surrogate
                or UnicodeCategory.LineSeparator
                or UnicodeCategory.ParagraphSeparator
            );

    [Fact]
    public void An_error_holds_nothing_that_acts_on_a_terminal_whoever_shows_it()
    {
        var error = Errors.Of(
            ErrorIds.ConfigurationInvalid,
            Message.List(
                [Message.Of($"{"/etc/xen/a\u2066.cfg":unquoted}:1: {"\u001b[31mwrong.":unquoted}"), $"The second one."],
                separator: "\n"
            )
        );

        error.Message.ShouldBe("/etc/xen/a\\u2066.cfg:1: \\u001b[31mwrong.\nThe second one.");
    }
}
