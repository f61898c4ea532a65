using XenVlan.Changes.Persistence.Files;
using XenVlan.Changes.Persistence.Ifupdown;
using XenVlan.Model;

namespace XenVlan.Changes.Persistence;

/// <summary>Says what else makes a VLAN interface: one that goes then comes back, and one that comes is made twice.</summary>
/// <param name="planning">The files so far, after what XenVlan changes in them.</param>
/// <param name="lines">The lines of scripts that speak of making VLAN interfaces.</param>
internal sealed class OtherMakers(FilePlanBuilder planning, IReadOnlyList<ScriptLine> lines)
{
    // XenVlan's own, which makes what its list says.
    private const string OwnScript = "/etc/init.d/network-vlan";

    private static readonly char[] Separators = [' ', '\t', '"', '\'', ';', '&', '|', '(', ')', '`', '=', ','];

    // What does something else to VLAN interfaces than make them.
    private static readonly string[] Others = ["show", "list", "ls", "lst", "set", "del", "delete", "rem"];

    private enum Answer
    {
        No,
        May,
        Yes,
    }

    /// <summary>Says by what a VLAN interface comes back that is removed.</summary>
    /// <param name="name">The interface.</param>
    /// <param name="vlan">What it was; null where it was not there.</param>
    public void NoteReturn(string name, VlanDetails? vlan)
    {
        foreach (var (line, moment) in Lines(name))
        {
            var text = DisplayText.Quote(line.Text);
            var place = DisplayText.Clean($"{line.Path}:{line.Number}");
            switch (Makes(line, name, vlan))
            {
                case Answer.Yes:
                    planning.Note($"{name} comes back by {place} {moment}, which XenVlan does not change: {text}. Take that line out.");
                    break;
                case Answer.May:
                    planning.Note(
                        $"{name} may come back by {place} {moment}, which makes VLAN interfaces that only a shell can tell: {text}. "
                            + $"Look there."
                    );
                    break;
            }
        }
    }

    /// <summary>Says what makes a VLAN interface too that is to come.</summary>
    /// <param name="name">The interface.</param>
    /// <param name="vlan">What it is to be.</param>
    public void NoteTwice(string name, VlanDetails vlan)
    {
        foreach (var (line, moment) in Lines(name).Where(l => Makes(l.Line, name, vlan) is Answer.Yes))
            planning.Note(
                $"{DisplayText.Clean($"{line.Path}:{line.Number}")} makes {name} too, {moment}: {DisplayText.Quote(line.Text)}. What "
                    + $"comes second then fails, or finds it made otherwise than it wants. Keep one of the two."
            );
    }

    private static Answer Makes(ScriptLine line, string name, VlanDetails? vlan)
    {
        var text = line.Text;
        var words = text.Split(Separators, StringSplitOptions.RemoveEmptyEntries);
        var config = Array.FindIndex(words, w => w.EndsWith("vconfig", StringComparison.Ordinal));
        var isConfig = config >= 0 && words.ElementAtOrDefault(config + 1) == "add";
        var isTyped =
            After(words, "type") == "vlan"
            && (words.Contains("add", StringComparer.Ordinal) || !words.Any(w => Others.Contains(w, StringComparer.Ordinal)));
        if (text.TrimStart().StartsWith('#') || (!isTyped && !isConfig))
            return Answer.No;

        var id = vlan?.Id?.ToString();
        var parent = isConfig ? words.ElementAtOrDefault(config + 2) : After(words, "link");
        var number = isConfig ? words.ElementAtOrDefault(config + 3) : After(words, "id");
        if (vlan is not null && parent == vlan.Parent && number == id)
            return Answer.Yes;
        if (isTyped && words.Contains(name, StringComparer.Ordinal))
            return Answer.Yes;

        // A script of ifupdown's hooks is called for each stanza, and makes what that says.
        var isFilledIn =
            text.Contains('$', StringComparison.Ordinal)
            && !text.Contains("IFACE", StringComparison.Ordinal)
            && !text.Contains("$IF_", StringComparison.Ordinal)
            && !text.Contains("${IF_", StringComparison.Ordinal);
        return isFilledIn && MayBe(parent, vlan?.Parent) && MayBe(number, id) ? Answer.May : Answer.No;
    }

    private static bool MayBe(string? word, string? wanted) =>
        word is null || wanted is null || word.Contains('$', StringComparison.Ordinal) || word == wanted;

    // The word link of ip link add comes before a verb, the other one before the parent.
    private static string? After(string[] words, string key) =>
        words
            .Zip(words.Skip(1))
            .FirstOrDefault(p => p.First == key && p.Second is not "add" && !Others.Contains(p.Second, StringComparer.Ordinal))
            .Second;

    private static string Moment(string path) =>
        path.StartsWith("/usr/local/", StringComparison.Ordinal) && !path.EndsWith(".service", StringComparison.Ordinal)
            ? "whenever that is run"
        : path.StartsWith("/etc/xen/", StringComparison.Ordinal) ? "when Xen runs it"
        : path.Contains("cron", StringComparison.Ordinal) ? "when cron runs it"
        : path.StartsWith("/etc/network", StringComparison.OrdinalIgnoreCase) || path.StartsWith("/sbin/ifup", StringComparison.Ordinal)
            ? "when an interface comes up"
        : "at boot or when that is run";

    // The commands in the stanzas of other interfaces, too.
    private IEnumerable<(ScriptLine Line, string Moment)> Lines(string name)
    {
        foreach (var line in lines.Where(l => l.Path is not OwnScript))
            yield return (line, Moment(line.Path));
        if (!planning.Host.NetworkManagers.Contains(NetworkManager.Ifupdown))
            yield break;
        foreach (var path in planning.FilesIn(InterfacesConfiguration.Directory).Prepend(InterfacesConfiguration.MainPath))
        {
            if (planning.Read(path) is not { } text)
                continue;
            var file = new InterfacesFile(path, text);
            foreach (var stanza in file.Stanzas.Where(s => s.Name != name))
            {
                foreach (var (index, _) in stanza.UpCommands)
                    yield return (
                        new ScriptLine(path, file.Lines[index].Number, file.Lines[index].Value),
                        $"with the next ifup of {stanza.Name}"
                    );
            }
        }
    }
}
