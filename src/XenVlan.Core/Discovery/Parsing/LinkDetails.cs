using System.Globalization;

namespace XenVlan.Discovery.Parsing;

/// <summary>
/// What only <c>ip -d -o link show</c> tells of bridges and their ports: the words behind <c>bridge</c> or <c>bridge_slave</c>
/// (<c>bridge_print_opt</c> in iproute2's <c>ip/iplink_bridge.c</c>, <c>bridge_slave_print_opt</c> in <c>ip/iplink_bridge_slave.c</c>).
/// </summary>
internal sealed class LinkDetails
{
    // All words of very many interfaces would be several hundred MB.
    private static readonly string[] Names =
    [
        "locked",
        "neigh_vlan_suppress",
        "vlan_tunnel",
        "mst_enabled",
        "mcast_vlan_snooping",
        "mcast_querier_ipv6_addr",
    ];

    private readonly Dictionary<(int Index, string Name), string> _values = [];

    /// <summary>Reads the lines.</summary>
    public LinkDetails(IEnumerable<string> lines)
    {
        foreach (var line in lines)
        {
            var colon = line.IndexOf(": ", StringComparison.Ordinal);
            var details = Math.Max(
                line.LastIndexOf("\\    bridge ", StringComparison.Ordinal),
                line.LastIndexOf("\\    bridge_slave ", StringComparison.Ordinal)
            );
            if (
                colon > 0
                && details > 0
                && int.TryParse(line.AsSpan(0, colon), NumberStyles.None, CultureInfo.InvariantCulture, out var index)
            )
            {
                foreach (var name in Names)
                    Add(index, name, line.AsSpan(details));
            }
        }
    }

    /// <summary>The word behind another.</summary>
    /// <param name="index">The interface's number.</param>
    /// <param name="name">The setting: one of those that a path hangs on, such as <c>locked</c>.</param>
    /// <returns>Its value; null where it is off or not there.</returns>
    public string? this[int index, string name] => _values.GetValueOrDefault((index, name));

    /// <summary>Whether a setting is on.</summary>
    /// <returns>Whether it is; false where it is not there.</returns>
    public bool IsOn(int index, string name) => this[index, name] is "on" or "1";

    private void Add(int index, string name, ReadOnlySpan<char> details)
    {
        var at = details.IndexOf($" {name} ");
        if (at < 0)
            return;
        var value = details[(at + name.Length + 2)..].TrimStart(' ');
        if (value.IndexOf(' ') is >= 0 and var end)
            value = value[..end];
        if (value is not ("" or "off" or "0"))
            _values[(index, name)] = value is "on" ? "on" : value.ToString();
    }
}
