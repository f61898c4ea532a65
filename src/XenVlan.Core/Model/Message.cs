using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace XenVlan.Model;

/// <summary>
/// Sentences of ours in which whatever comes from outside is cleaned and in quotation marks: a string in a hole of <c>$"…"</c> is
/// <see cref="DisplayText.Quote"/>d, and what is ours (numbers, ids, addresses, another message) is put in as it is.
/// </summary>
[InterpolatedStringHandler]
public sealed class Message
{
    private const string Unquoted = "unquoted";
    private const int LongestLine = 8192;

    private readonly StringBuilder _text;

    /// <summary>Begins a message; called by the compiler for <c>$"…"</c>.</summary>
    /// <param name="literalLength">How many characters of it are written out.</param>
    /// <param name="formattedCount">How many holes it has.</param>
    public Message(int literalLength, int formattedCount)
    {
        _text = new StringBuilder(literalLength + (formattedCount * 16));
    }

    private Message(string text)
    {
        _text = new StringBuilder(text);
    }

    /// <summary>Part of a message, for a hole of another.</summary>
    /// <param name="message">Written as <c>$"…"</c>.</param>
    /// <returns>The same.</returns>
    public static Message Of(Message message) => message;

    /// <summary>Names, each in quotation marks.</summary>
    /// <param name="names">The names; each is named once.</param>
    /// <param name="none">What is said where there is none.</param>
    /// <param name="separator">What stands between them.</param>
    /// <returns>Such as <c>"eth0", "xenbr0"</c>.</returns>
    public static Message List(IEnumerable<string> names, string none = "none", string separator = ", ")
    {
        var quoted = names.Distinct().Select(DisplayText.Quote).ToList();
        return new Message(quoted.Count == 0 ? none : string.Join(separator, quoted));
    }

    /// <summary>Messages after one another.</summary>
    /// <param name="messages">The messages.</param>
    /// <param name="none">What is said where there is none.</param>
    /// <param name="separator">What stands between them.</param>
    /// <returns>The part.</returns>
    public static Message List(IEnumerable<Message> messages, string none = "none", string separator = ", ")
    {
        var all = messages.ToList();
        return new Message(all.Count == 0 ? none : string.Join(separator, all));
    }

    /// <summary>Adds what is written out.</summary>
    /// <param name="value">The text.</param>
    public void AppendLiteral(string value) => _text.Append(value);

    /// <summary>Adds a hole's text, cleaned and in quotation marks.</summary>
    /// <param name="value">Any text; null is shown as empty.</param>
    public void AppendFormatted(string? value) => _text.Append(DisplayText.Quote(value));

    /// <summary>Adds text without quotation marks, cleaned all the same: words of ours, a place in a file, what another message
    /// says.</summary>
    /// <param name="value">Any text; null is shown as empty.</param>
    /// <param name="format"><c>unquoted</c>, which says that this is meant.</param>
    /// <exception cref="FormatException">The format is another.</exception>
    public void AppendFormatted(string? value, string format) =>
        _text.Append(format == Unquoted ? DisplayText.Clean(value, LongestLine) : throw new FormatException(format));

    /// <summary>Adds an interface's name, cleaned and in quotation marks.</summary>
    /// <param name="value">The name.</param>
    public void AppendFormatted(InterfaceName? value) => _text.Append(DisplayText.Quote(value?.Value));

    /// <summary>Adds another message.</summary>
    /// <param name="value">The message.</param>
    public void AppendFormatted(Message? value) => _text.Append(value?._text);

    /// <summary>Adds a number or a word of ours.</summary>
    /// <typeparam name="T">A number or an enum.</typeparam>
    /// <param name="value">The value.</param>
    /// <param name="format">How it is written; null for as it is usual. Never by the language of this machine.</param>
    public void AppendFormatted<T>(T value, string? format = null)
        where T : struct, IFormattable => _text.Append(value.ToString(format, CultureInfo.InvariantCulture));

    /// <summary>Adds a VLAN id.</summary>
    /// <param name="value">The id.</param>
    public void AppendFormatted(VlanId value) => _text.Append(value);

    /// <summary>Adds a VLAN id.</summary>
    /// <param name="value">The id; null adds nothing.</param>
    public void AppendFormatted(VlanId? value) => _text.Append(value);

    /// <summary>Adds a set of VLANs.</summary>
    /// <param name="value">The set.</param>
    public void AppendFormatted(VlanSet? value) => _text.Append(value);

    /// <summary>Adds a MAC address.</summary>
    /// <param name="value">The address.</param>
    public void AppendFormatted(MacAddress? value) => _text.Append(value);

    /// <summary>Adds an address.</summary>
    /// <param name="value">The address.</param>
    public void AppendFormatted(System.Net.IPAddress? value) => _text.Append(value);

    /// <summary>Adds an address.</summary>
    /// <param name="value">The address with the length of its prefix.</param>
    public void AppendFormatted(InterfaceAddress? value) => _text.Append(value);

    /// <inheritdoc/>
    public override string ToString() => _text.ToString();
}
