using System.Text;
using XenVlan.Changes.Persistence.Common;
using XenVlan.Changes.Persistence.Files;
using XenVlan.Model;

namespace XenVlan.Changes.Persistence.InitScript;

/// <summary>
/// The init script <c>/etc/init.d/network-vlan</c>, for hosts that run xend, whose <c>network-bridge</c> renames network
/// cards after everything else has configured them, and for hosts whose network nothing XenVlan knows configures. What
/// to make is in <c>/etc/xenvlan/vlans</c>, so the script is the same everywhere.
/// </summary>
internal sealed class InitScriptBackend(FilePlanBuilder planning) : NetworkBackend(planning)
{
    private const string ListPath = "/etc/xenvlan/vlans";
    private const string ScriptPath = "/etc/init.d/network-vlan";
    private const string Head = "# What /etc/init.d/network-vlan makes at boot, a line an interface. Written by XenVlan.\n";
    private const string Levels = "0123456";

    // Red Hat's come first: there, those of /etc are links to them.
    private static readonly string[] LevelDirectories = ["/etc/rc.d/rc{0}.d", "/etc/rc{0}.d"];

    /// <summary>What is read.</summary>
    public static IReadOnlyList<string> Patterns { get; } =
    [
        ListPath,
        ScriptPath,
        .. Levels.SelectMany(l =>
            LevelDirectories.Select(d => d.Replace("{0}", l.ToString(), StringComparison.Ordinal) + "/[SK]*network-vlan")
        ),
    ];

    /// <summary>The directories it may write to.</summary>
    public static IReadOnlyList<string> Directories { get; } =
    [.. Levels.SelectMany(l => LevelDirectories.Select(d => d.Replace("{0}", l.ToString(), StringComparison.Ordinal)))];

    /// <summary>The script.</summary>
    public static string Script { get; } = ReadScript();

    /// <inheritdoc/>
    public override string Name => "network-vlan";

    /// <inheritdoc/>
    public override IReadOnlyList<string> DefinitionsOf(string name) =>
        [.. Entries(Lines()).Where(e => e.Entry.Name == name).Select(e => $"{ListPath}:{e.Index + 1}")];

    /// <inheritdoc/>
    public override void Remove(string name)
    {
        var description = $"no longer create {name} at boot";
        var lines = Lines().ToList();
        foreach (var (entry, index) in Entries(lines).Reverse().ToList())
        {
            if (entry.Name == name)
                lines.RemoveAt(index);
            else if (!entry.WithoutPort(name).Words.SequenceEqual(entry.Words, StringComparer.Ordinal))
                lines[index] = entry.WithoutPort(name).In(lines[index]);
        }

        WriteList(lines, description);
    }

    /// <inheritdoc/>
    public override IEnumerable<InterfaceAddress> Addresses(string name) =>
        Entries(Lines())
            .Where(e => e.Entry.Name == name)
            .SelectMany(e => e.Entry.All("address"))
            .Select(t => InterfaceAddress.TryParse(t, out var address) ? address : null)
            .OfType<InterfaceAddress>();

    /// <inheritdoc/>
    public override IEnumerable<ConfiguredPort> Ports() =>
        Entries(Lines()).SelectMany(e => e.Entry.All("port").Select(p => new ConfiguredPort(e.Entry.Name, p, $"{ListPath}:{e.Index + 1}")));

    /// <inheritdoc/>
    public override void RemoveAddress(string name, InterfaceAddress address, InterfaceAddress? instead)
    {
        var lines = Lines().ToList();
        foreach (var (entry, index) in Entries(lines).Where(e => e.Entry.Name == name).Reverse().ToList())
        {
            var left = entry.WithoutAddress(address, instead);
            if (left.Words.SequenceEqual(entry.Words, StringComparer.Ordinal))
                continue;

            // An entry of an interface that something else makes, and that has nothing left to say.
            if (left is { Kind: "interface", Words.Count: 0 })
                lines.RemoveAt(index);
            else
                lines[index] = left.In(lines[index]);
        }

        WriteList(lines, Exchange(name, address, instead));
    }

    /// <inheritdoc/>
    public override void Ensure(DesiredInterface wanted)
    {
        // A small guest may have its network from its kernel's command line, or from nothing.
        if (LevelDirectoriesThere().Count == 0)
        {
            Planning.Note(
                "Nothing that XenVlan knows sets the network of this host up at boot: no network manager, and neither /etc/rc.d/rc?.d "
                    + "nor /etc/rc?.d for a script. What is changed is gone after its next boot."
            );
            return;
        }

        var description = $"create {wanted.Name} at boot as it is to be";
        var lines = Lines().ToList();
        foreach (var (entry, index) in Entries(lines).Where(e => e.Entry.Name != wanted.Name).ToList())
        {
            var left = wanted.Ports.Aggregate(entry, (e, port) => e.WithoutPort(port));
            if (left.Words.Count != entry.Words.Count)
                lines[index] = left.In(lines[index]);
        }

        var kind =
            wanted.Vlan is not null ? "vlan"
            : wanted.IsBridge ? "bridge"
            : "interface";
        if (Entries(lines).FirstOrDefault(e => e.Entry.Name == wanted.Name) is { Entry: not null } found)
        {
            // An entry that makes the interface goes on doing so.
            var changed = (kind is "interface" ? found.Entry : found.Entry with { Kind = kind }).With(wanted);
            if (changed.ToString() != found.Entry.ToString())
                lines[found.Index] = changed.In(lines[found.Index]);
        }
        else if (new InitScriptEntry(kind, wanted.Name, []).With(wanted) is var added && (kind is not "interface" || added.Words.Count > 0))
        {
            if (lines.Count == 0)
                lines.Add(Head);
            lines.Add(added + "\n");
        }

        WriteList(lines, description);
    }

    private bool IsEnded => Planning.Read(ListPath) is not { Length: > 0 } text || text.EndsWith('\n');

    // Each with its end, also the last: what comes behind that is a line of its own.
    private IReadOnlyList<string> Lines() => TextLines.Split((Planning.Read(ListPath) ?? "") + (IsEnded ? "" : "\n"));

    private IEnumerable<(InitScriptEntry Entry, int Index)> Entries(IReadOnlyList<string> lines)
    {
        for (var i = 0; i < lines.Count; i++)
        {
            if (InitScriptEntry.Parse(lines[i], out var problem) is { } entry)
                yield return (entry, i);
            else if (problem is not null)
                throw Invalid($"{ListPath}:{i + 1}", problem);
        }
    }

    private void WriteList(List<string> lines, string description)
    {
        Planning.OwnDirectory(ListPath[..ListPath.LastIndexOf('/')]);
        if (Planning.Read(ListPath) is null && lines.Count == 0)
            return;
        if (!Entries(lines).Any() && lines.TrueForAll(l => l is Head))
        {
            Planning.Delete(ListPath, description);
            RemoveScript();
            return;
        }

        var text = string.Concat(lines);
        if (!IsEnded)
            text = text[..^1];
        if (text != Planning.Read(ListPath))
            Planning.Write(ListPath, text, description);
        EnsureScript();
    }

    private void EnsureScript()
    {
        const string description = "make VLAN interfaces at boot, after xend";
        if (Planning.Read(ScriptPath) is { } there && !there.Contains("Written by XenVlan", StringComparison.Ordinal))
            throw Conflict(
                $"{ScriptPath:unquoted} is there and not XenVlan's. Move what it does to {ListPath:unquoted}, whose format the script "
                    + $"XenVlan would put there explains, or rename it."
            );
        if (Planning.Read(ScriptPath) != Script)
            Planning.Write(ScriptPath, Script, description, "0755");

        foreach (var (level, directory) in LevelDirectoriesThere())
        {
            var path = $"{directory}/{(level is '0' or '1' or '6' ? "K89" : "S51")}network-vlan";
            if (!Links(directory).Any())
                Planning.Link(path, "../init.d/network-vlan", description);
        }
    }

    private void RemoveScript()
    {
        const string description = "make no VLAN interfaces at boot";
        if (Planning.Read(ScriptPath) is { } there && there.Contains("Written by XenVlan", StringComparison.Ordinal))
            Planning.Delete(ScriptPath, description);
        foreach (var link in LevelDirectoriesThere().SelectMany(d => Links(d.Directory)).ToList())
            Planning.Unlink(link, description);
    }

    // chkconfig and update-rc.d may have given the link another number.
    private IEnumerable<string> Links(string directory) =>
        Planning.Paths.Where(p =>
            p.StartsWith(directory + "/", StringComparison.Ordinal)
            && p.EndsWith("network-vlan", StringComparison.Ordinal)
            && Planning.ReadLink(p) is not null
        );

    private List<(char Level, string Directory)> LevelDirectoriesThere()
    {
        var pattern = LevelDirectories.FirstOrDefault(d => Planning.HasDirectory(d.Replace("{0}", "3", StringComparison.Ordinal)));
        return pattern is null
            ? []
            :
            [
                .. Levels
                    .Select(l => (l, pattern.Replace("{0}", l.ToString(), StringComparison.Ordinal)))
                    .Where(d => Planning.HasDirectory(d.Item2)),
            ];
    }

    private static string ReadScript()
    {
        using var stream = typeof(InitScriptBackend).Assembly.GetManifestResourceStream("network-vlan")!;
        using var reader = new StreamReader(stream, Encoding.Latin1);
        return reader.ReadToEnd();
    }
}
