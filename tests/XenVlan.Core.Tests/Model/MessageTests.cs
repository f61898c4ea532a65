using System.Net;
using Shouldly;
using XenVlan.Model;
using Xunit;

namespace XenVlan.Tests.Model;

/// <summary>What comes from outside is cleaned and in quotation marks in every message, and what is ours is not.</summary>
public sealed class MessageTests
{
    /// <summary>Each kind of text that acts on a terminal, hides, or pretends to be a sentence of ours.</summary>
    public static TheoryData<string> Hostile =>
        [
            "\u001b[2J",
            "\u001b]0;title\u0007",
            "\u009b31m",
            "a\r\nb",
            "a\nxenvlan: fine",
            "a\tb",
            "a\0b",
            "\u007f",
            "\u0085",
            "\u202eb",
            "\u2066b\u2069",
            "\u200b",
            "\ufeff",
            "\u2028",
            "\u2029",
            "\ud800",
            "\udc00a",
            "\U000e0041",
            new string('a', 100_000),
            "x\". Everything is fine. \"",
        ];

    [Theory]
    [MemberData(nameof(Hostile))]
    public void A_text_in_a_hole_is_cleaned_quoted_and_bounded(string text)
    {
        var message = Message.Of($"Host {text} has no {text}.").ToString();

        message.ShouldStartWith("Host \"");
        message.ShouldEndWith("\".");
        CheckClean(message);
        message.Length.ShouldBeLessThan(1000);
    }

    [Theory]
    [MemberData(nameof(Hostile))]
    public void Text_that_is_put_in_unquoted_is_cleaned_and_bounded(string text)
    {
        var message = Message.Of($"{text:unquoted}").ToString();

        CheckClean(message);
        message.Length.ShouldBeLessThan(10_000);
    }

    [Theory]
    [MemberData(nameof(Hostile))]
    public void A_list_of_names_is_cleaned_and_quoted(string text)
    {
        var message = Message.Of($"It has: {Message.List([text, "eth0", "eth0"])}.").ToString();

        message.ShouldStartWith("It has: \"");
        message.ShouldEndWith("\", \"eth0\".");
        CheckClean(message);
    }

    [Theory]
    [MemberData(nameof(Hostile))]
    public void An_error_made_of_it_holds_none_of_it(string text)
    {
        foreach (
            var error in new[]
            {
                Errors.Of(ErrorIds.InvalidValue, $"{text} is not valid.", text),
                Errors.On(text, ErrorIds.Conflict, $"Host {text}: {text:unquoted}"),
                Errors.On(text, ErrorIds.Conflict, $"{Message.Of($"{text} is")} {Message.List([Message.Of($"{text}")])}"),
            }
        )
        {
            CheckClean(error.Message);
            error.Target.ShouldBe(text);
        }
    }

    [Fact]
    public void A_null_is_an_empty_name()
    {
        Message.Of($"{(string?)null}{(InterfaceName?)null}").ToString().ShouldBe("\"\"\"\"");
        Message.Of($"[{(string?)null:unquoted}{(VlanId?)null}{(Message?)null}]").ToString().ShouldBe("[]");
    }

    [Fact]
    public void What_is_ours_is_put_in_as_it_is()
    {
        var eth0 = new InterfaceName("eth0");
        Message
            .Of(
                $"{eth0} {5} {1.5:0.00} {new VlanId(10)} {VlanSet.Parse("10,20-29")} {IPAddress.Loopback} "
                    + $"{InterfaceAddress.Parse("10.0.0.1/24")} {MacAddress.Parse("00:16:3e:01:02:03")} {TransactionState.Armed}"
            )
            .ToString()
            .ShouldBe("\"eth0\" 5 1.50 10 10,20-29 127.0.0.1 10.0.0.1/24 00:16:3e:01:02:03 Armed");
    }

    [Fact]
    public void Names_of_which_there_is_none_are_said_to_be_none() => Message.List(Array.Empty<string>()).ToString().ShouldBe("none");

    internal static void CheckClean(string message)
    {
        message
            .Where(c => char.IsControl(c) || c is '\u202e' or '\u2066' or '\u2069' or '\u200b' or '\ufeff' or '\u2028' or '\u2029')
            .ShouldBeEmpty();
        for (var i = 0; i < message.Length; i++)
        {
            if (char.IsHighSurrogate(message[i]) && i + 1 < message.Length && char.IsLowSurrogate(message[i + 1]))
                i++;
            else
                char.IsSurrogate(message[i]).ShouldBeFalse();
        }

        message.ShouldNotContain("\U000e0041");
    }
}
