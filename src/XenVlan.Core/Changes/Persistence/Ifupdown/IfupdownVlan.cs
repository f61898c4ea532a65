using XenVlan.Hosts;
using XenVlan.Model;

namespace XenVlan.Changes.Persistence.Ifupdown;

/// <summary>
/// How ifupdown makes a VLAN interface. One named <c>parent.id</c> it makes by itself (since 0.8; before, the package
/// vlan does for <c>vlan-raw-device</c>); it takes the parent to end at the first full stop, and knows 802.1Q only. For
/// the rest there are commands.
/// </summary>
/// <param name="name">The interface.</param>
/// <param name="vlan">What it is to be.</param>
internal sealed class IfupdownVlan(string name, VlanDetails vlan)
{
    private bool IsDotted => name.Contains('.', StringComparison.Ordinal);

    private bool Is8021AD => vlan.Protocol is VlanProtocol.Dot1AD;

    /// <summary>Whether ifupdown would make something else of the name.</summary>
    public bool IsMistaken
    {
        get
        {
            var dot = name.IndexOf('.', StringComparison.Ordinal);
            return dot >= 0 && !(name[..dot] == vlan.Parent && VlanId.TryParse(name[(dot + 1)..], out var id) && id == vlan.Id);
        }
    }

    /// <summary>Whether the name says it all.</summary>
    public bool IsPlain => IsDotted && !Is8021AD;

    /// <summary>The options of its stanza.</summary>
    public IReadOnlyList<string> Options
    {
        get
        {
            if (IsPlain)
                return [$"vlan-raw-device {vlan.Parent}"];

            object[] tag = Is8021AD ? ["protocol", "802.1ad"] : [];
            var add = ShellCommand.Of([
                .. new object[] { "ip", "link", "add", "link", vlan.Parent, "name", name, "type", "vlan" },
                .. tag,
                "id",
                vlan.Id!.Value,
            ]);
            var delete = ShellCommand.Of("ip", "link", "del", "dev", name);

            // ifupdown has made an 802.1Q interface of that name by then, and deletes it in the end.
            return IsDotted
                ? [$"vlan-raw-device {vlan.Parent}", $"pre-up {delete}; {add}"]
                : [$"pre-up [ -d /sys/class/net/{name} ] || {add}", $"post-down {delete}"];
        }
    }

    /// <summary>Whether none of an interface's stanzas makes it what it is to be.</summary>
    /// <returns>Whether the options are missing.</returns>
    public bool IsMissingIn(IReadOnlyList<InterfacesStanza> stanzas) =>
        !IsPlain && !stanzas.Any(s => s.UpCommands.Any(c => Makes(c.Words)) || (!Is8021AD && IsMadeByOption(s)));

    // ifupdown2 has vlan-id; the package vlan takes the id from names such as vlan10.
    private bool IsMadeByOption(InterfacesStanza stanza) =>
        stanza.Value("vlan-raw-device") == vlan.Parent
        && (
            stanza.Value("vlan-id") == vlan.Id.ToString()
            || (name.StartsWith("vlan", StringComparison.Ordinal) && name[4..].TrimStart('0') == vlan.Id.ToString())
        );

    private bool Makes(IReadOnlyList<string> words)
    {
        var is8021AD = words.Any(w => string.Equals(w, "802.1ad", StringComparison.OrdinalIgnoreCase));
        return is8021AD == Is8021AD
            && (
                (
                    Follows(words, "link", vlan.Parent)
                    && words.Contains(name, StringComparer.Ordinal)
                    && Follows(words, "id", vlan.Id.ToString()!)
                ) || (words.Any(w => w.EndsWith("vconfig", StringComparison.Ordinal)) && Follows(words, vlan.Parent, vlan.Id.ToString()!))
            );
    }

    private static bool Follows(IReadOnlyList<string> words, string first, string second)
    {
        for (var i = 0; i + 1 < words.Count; i++)
        {
            if (words[i] == first && words[i + 1] == second)
                return true;
        }

        return false;
    }
}
