using System.Globalization;
using System.Runtime.CompilerServices;

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

    // Texts, and remedies, which a face words.
    private readonly List<object> _parts;
    private readonly IWording _wording = PlainWording.Instance;

    /// <summary>Begins a message; called by the compiler for <c>$"…"</c>.</summary>
    /// <param name="literalLength">How many characters of it are written out; not needed here.</param>
    /// <param name="formattedCount">How many holes it has.</param>
    public Message(int literalLength, int formattedCount)
    {
        _parts = new List<object>((formattedCount * 2) + 1);
    }

    private Message(IEnumerable<object> parts, IWording? wording = null)
    {
        _parts = [.. parts];
        _wording = wording ?? PlainWording.Instance;
    }

    /// <summary>What it says is to be done, as data.</summary>
    public IReadOnlyList<Remedy> Remedies => [.. _parts.OfType<Remedy>().Distinct()];

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
        return new Message([quoted.Count == 0 ? none : string.Join(separator, quoted)]);
    }

    /// <summary>Messages after one another.</summary>
    /// <param name="messages">The messages.</param>
    /// <param name="none">What is said where there is none.</param>
    /// <param name="separator">What stands between them.</param>
    /// <returns>The part.</returns>
    public static Message List(IEnumerable<Message> messages, string none = "none", string separator = ", ")
    {
        var all = messages.ToList();
        return new Message(all.Count == 0 ? [none] : all.SelectMany((m, i) => i == 0 ? m._parts : m._parts.Prepend(separator)));
    }

    /// <summary>Adds what is written out.</summary>
    /// <param name="value">The text.</param>
    public void AppendLiteral(string value) => _parts.Add(value);

    /// <summary>Adds a hole's text, cleaned and in quotation marks.</summary>
    /// <param name="value">Any text; null is shown as empty.</param>
    public void AppendFormatted(string? value) => _parts.Add(DisplayText.Quote(value));

    /// <summary>Adds text without quotation marks, cleaned all the same: words of ours, a place in a file, what another message
    /// says.</summary>
    /// <param name="value">Any text; null is shown as empty.</param>
    /// <param name="format"><c>unquoted</c>, which says that this is meant.</param>
    /// <exception cref="FormatException">The format is another.</exception>
    public void AppendFormatted(string? value, string format) =>
        _parts.Add(format == Unquoted ? DisplayText.Clean(value, LongestLine) : throw new FormatException(format));

    /// <summary>Adds an interface's name, cleaned and in quotation marks.</summary>
    /// <param name="value">The name.</param>
    public void AppendFormatted(InterfaceName? value) => _parts.Add(DisplayText.Quote(value?.Value));

    /// <summary>Adds what is to be done.</summary>
    /// <param name="value">A remedy, which a face words.</param>
    public void AppendFormatted(Remedy value) => _parts.Add(value);

    /// <summary>Adds another message.</summary>
    /// <param name="value">The message.</param>
    public void AppendFormatted(Message? value) => _parts.AddRange(value?._parts ?? []);

    /// <summary>Adds a number or a word of ours.</summary>
    /// <typeparam name="T">A number or an enum.</typeparam>
    /// <param name="value">The value.</param>
    /// <param name="format">How it is written; null for as it is usual. Never by the language of this machine.</param>
    public void AppendFormatted<T>(T value, string? format = null)
        where T : struct, IFormattable => _parts.Add(value.ToString(format, CultureInfo.InvariantCulture));

    /// <summary>Adds a VLAN id.</summary>
    /// <param name="value">The id.</param>
    public void AppendFormatted(VlanId value) => Add(value);

    /// <summary>Adds a VLAN id.</summary>
    /// <param name="value">The id; null adds nothing.</param>
    public void AppendFormatted(VlanId? value) => Add(value);

    /// <summary>Adds a set of VLANs.</summary>
    /// <param name="value">The set.</param>
    public void AppendFormatted(VlanSet? value) => Add(value);

    /// <summary>Adds a MAC address.</summary>
    /// <param name="value">The address.</param>
    public void AppendFormatted(MacAddress? value) => Add(value);

    /// <summary>Adds an address.</summary>
    /// <param name="value">The address.</param>
    public void AppendFormatted(System.Net.IPAddress? value) => Add(value);

    /// <summary>Adds an address.</summary>
    /// <param name="value">The address with the length of its prefix.</param>
    public void AppendFormatted(InterfaceAddress? value) => Add(value);

    /// <inheritdoc/>
    public override string ToString() => ToString(_wording);

    /// <summary>The message in the words of a face.</summary>
    /// <param name="wording">The face's words.</param>
    /// <returns>The text.</returns>
    public string ToString(IWording wording) =>
        string.Concat(_parts.Select(p => p is Remedy remedy ? DisplayText.Clean(remedy.In(wording), LongestLine) : p));

    /// <summary>The message with its remedies as words of a face, and still as data.</summary>
    internal Message In(IWording wording) => new(_parts, wording);

    private void Add(object? value) => _parts.Add(value?.ToString() ?? "");
}
