using System.Diagnostics.CodeAnalysis;
using XenVlan.Model;

namespace XenVlan.Changes.Persistence.Domains;

/// <summary>
/// The VLANs of a port in a word, such as <c>10p/20-29</c>: ids and ranges with slashes between them, <c>p</c> for the
/// VLAN of untagged frames, <c>u</c> for VLANs that leave untagged. This is the notation of <c>vlan=</c>
/// (xl-network-configuration(5)); in the table of the hook, <c>pt</c> also stands for a VLAN that takes untagged
/// frames in and leaves tagged, and <c>none</c> for no VLAN.
/// </summary>
internal static class PortVlansText
{
    private const string None = "none";

    /// <summary>Writes VLANs for the hook.</summary>
    /// <returns>Such as <c>10p/20-29</c>.</returns>
    public static string Write(PortVlans vlans)
    {
        var pvid = vlans.Pvid is { } id ? VlanSet.Of(id) : VlanSet.None;
        var terms = pvid.Select(v => vlans.Untagged.Contains(v) ? $"{v}p" : $"{v}pt")
            .Concat(vlans.Allowed.Except(vlans.Untagged).Except(pvid).Ranges().Select(r => r.ToString()))
            .Concat(vlans.Untagged.Except(pvid).Ranges().Select(r => $"{r}u"))
            .ToList();
        return terms.Count == 0 ? None : string.Join('/', terms);
    }

    /// <summary>Writes VLANs for <c>vlan=</c>, which must have one VLAN for untagged frames, both ways.</summary>
    /// <returns>The value; null where <c>vlan=</c> cannot say it.</returns>
    public static string? WriteKey(PortVlans vlans) => vlans.Pvid is { } pvid && vlans.Untagged.Contains(pvid) ? Write(vlans) : null;

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <returns>Whether it is such a text.</returns>
    public static bool TryRead(string? text, [NotNullWhen(true)] out PortVlans? vlans)
    {
        vlans = PortVlans.Empty;
        if (text == None)
            return true;

        foreach (var term in (text ?? "").Split('/'))
        {
            var ids = term.TrimEnd('p', 't', 'u');
            var flags = term[ids.Length..];
            if (
                flags is not ("" or "p" or "pt" or "u")
                || !ids.All(c => char.IsAsciiDigit(c) || c == '-')
                || !VlanSet.TryParse(ids, out var set)
                || (flags is "p" or "pt" && (set.Count != 1 || vlans.Pvid is not null))
            )
            {
                vlans = null;
                return false;
            }

            vlans = new PortVlans(
                vlans.Allowed.Union(set),
                flags is "p" or "u" ? vlans.Untagged.Union(set) : vlans.Untagged,
                flags is "p" or "pt" ? set.First() : vlans.Pvid
            );
        }

        return true;
    }

    /// <summary>Whether a value of <c>vlan=</c> says certain VLANs; a VLAN alone is that of untagged frames.</summary>
    /// <param name="key">The value; null for none.</param>
    /// <param name="vlans">The VLANs.</param>
    public static bool KeySays(string? key, PortVlans vlans) =>
        (TryRead(key, out var said) && said.Equals(vlans)) || (TryRead(key + "p", out said) && said.Equals(vlans));
}
