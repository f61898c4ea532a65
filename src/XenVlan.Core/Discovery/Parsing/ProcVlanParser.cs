using System.Text.RegularExpressions;
using XenVlan.Model;

namespace XenVlan.Discovery.Parsing;

/// <summary>Reads <c>/proc/net/vlan/config</c> (<c>vlan_seq_show</c> in the kernel's <c>net/8021q/vlanproc.c</c>).</summary>
internal static partial class ProcVlanParser
{
    /// <summary>Reads the VLAN interfaces.</summary>
    /// <param name="lines">The file's lines, with its two lines of heading.</param>
    public static IReadOnlyList<ProcVlanEntry> Parse(IEnumerable<string> lines)
    {
        var found = new List<ProcVlanEntry>();
        foreach (var line in lines)
        {
            var match = Entry().Match(line);
            if (match.Success && VlanId.TryParse(match.Groups["id"].Value, out var id))
                found.Add(new ProcVlanEntry(match.Groups["name"].Value, id, match.Groups["parent"].Value));
        }

        return found;
    }

    [GeneratedRegex(
        @"^(?<name>\S+)\s*\| (?<id>[0-9]{1,4})\s+\| (?<parent>\S+)\s*$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Entry();
}

/// <summary>A line of <c>/proc/net/vlan/config</c>.</summary>
/// <param name="Name">The VLAN interface.</param>
/// <param name="Id">Its VLAN.</param>
/// <param name="Parent">The interface whose tagged frames it takes.</param>
internal sealed record ProcVlanEntry(string Name, VlanId Id, string Parent);
