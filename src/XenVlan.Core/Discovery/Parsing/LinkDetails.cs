using System.Globalization;

namespace XenVlan.Discovery.Parsing;

/// <summary>
/// What only <c>ip -d -o link show</c> tells of bridges and their ports: the words behind <c>bridge</c> or <c>bridge_slave</c>
/// (<c>bridge_print_opt</c> in iproute2's <c>ip/iplink_bridge.c</c>, <c>bridge_slave_print_opt</c> in <c>ip/iplink_bridge_slave.c</c>).
/// </summary>
internal sealed class LinkDetails
{
    private readonly Dictionary<int, string[]> _words = [];

    /// <summary>Reads the lines.</summary>
    /// <param name="lines">One line an interface.</param>
    public LinkDetails(IEnumerable<string> lines)
    {
        foreach (var line in lines)
        {
            var colon = line.IndexOf(": ", StringComparison.Ordinal);
            var details = Math.Max(line.LastIndexOf("\\    bridge ", StringComparison.Ordinal), line.LastIndexOf("\\    bridge_slave ", StringComparison.Ordinal));
            if (colon > 0 && details > 0 && int.TryParse(line.AsSpan(0, colon), NumberStyles.None, CultureInfo.InvariantCulture, out var index))
                _words[index] = line[details..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        }
    }

    /// <summary>The word behind another.</summary>
    /// <param name="index">The interface's number.</param>
    /// <param name="name">The setting, such as <c>locked</c>.</param>
    /// <returns>Its value; null where it is not there.</returns>
    public string? this[int index, string name]
    {
        get
        {
            var words = _words.GetValueOrDefault(index) ?? [];
            var at = Array.IndexOf(words, name);
            return at >= 0 && at + 1 < words.Length ? words[at + 1] : null;
        }
    }

    /// <summary>Whether a setting is on.</summary>
    /// <param name="index">The interface's number.</param>
    /// <param name="name">The setting.</param>
    /// <returns>Whether it is; false where it is not there.</returns>
    public bool IsOn(int index, string name) => this[index, name] is "on" or "1";
}
