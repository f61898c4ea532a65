using System.Security.Cryptography;
using System.Text;
using XenVlan.Changes.Persistence.Common;
using XenVlan.Model;

namespace XenVlan.Changes.Persistence.NetworkManagerProfiles;

/// <summary>The profiles XenVlan writes, in the order in which NetworkManager writes keys.</summary>
internal static class ProfileText
{
    /// <summary>A new profile.</summary>
    public static string Of(DesiredInterface wanted)
    {
        var type =
            wanted.Vlan is not null ? "vlan"
            : wanted.IsBridge ? "bridge"
            : "ethernet";
        var text = new StringBuilder(
            $"[connection]\nid={wanted.Name}\nuuid={Uuid(wanted.Name)}\ntype={type}\ninterface-name={wanted.Name}\n"
        );
        if (wanted.Bridge is { } bridge)
            text.Append("master=").Append(bridge).Append("\nslave-type=bridge\n");

        _ = text.Append("\n[ethernet]\n");
        if (wanted.Vlan is { } vlan)
        {
            text.Append("\n[vlan]\nflags=1\nid=").Append(vlan.Id).Append("\nparent=").Append(vlan.Parent).Append('\n');
            if (vlan.Protocol is VlanProtocol.Dot1AD)
                text.Append("protocol=802.1ad\n");
        }
        else if (wanted.IsBridge)
            text.Append("\n[bridge]\nstp=false\n");

        // A port has no addresses. Else the kernel's own link-local one, as an interface has that no manager knows.
        if (wanted.Bridge is null)
            text.Append("\n[ipv4]\nmethod=disabled\n\n[ipv6]\naddr-gen-mode=eui64\nmethod=link-local\n");
        return text.ToString();
    }

    /// <summary>VLANs of a port or bridge as <c>vlans</c> has them.</summary>
    /// <returns>Such as <c>1 pvid untagged, 20-29</c>.</returns>
    public static string Vlans(PortVlans vlans)
    {
        string Flags(VlanId id) => (vlans.Pvid == id ? " pvid" : "") + (vlans.Untagged.Contains(id) ? " untagged" : "");
        var runs = vlans.Allowed.GroupBy(Flags).SelectMany(g => VlanSet.Of(g).Ranges().Select(r => (Range: r, Flags: g.Key)));
        return string.Join(", ", runs.OrderBy(r => r.Range.First).Select(r => r.Range + r.Flags));
    }

    /// <summary>Reads VLANs of a port or bridge.</summary>
    /// <param name="text">Such as <c>1 pvid untagged, 20-29</c>; null for none.</param>
    public static PortVlans ParseVlans(string? text)
    {
        var vlans = PortVlans.Empty;
        foreach (var part in (text ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var words = part.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (!VlanSet.TryParse(words[0], out var ids))
                continue;
            vlans = new PortVlans(
                vlans.Allowed.Union(ids),
                words.Contains("untagged", StringComparer.Ordinal) ? vlans.Untagged.Union(ids) : vlans.Untagged,
                words.Contains("pvid", StringComparer.Ordinal) ? ids.First() : vlans.Pvid
            );
        }

        return vlans;
    }

    /// <summary>The identifier of a new profile: made of the name, so that one written twice is the same (RFC 9562, version 8).</summary>
    public static string Uuid(string name)
    {
        var bytes = SHA256.HashData(Encoding.Latin1.GetBytes("XenVlan " + name))[..16];
        bytes[6] = (byte)(bytes[6] & 0x0f | 0x80);
        bytes[8] = (byte)(bytes[8] & 0x3f | 0x80);
        var hex = Convert.ToHexString(bytes).ToLowerInvariant();
        return $"{hex[..8]}-{hex[8..12]}-{hex[12..16]}-{hex[16..20]}-{hex[20..]}";
    }
}
