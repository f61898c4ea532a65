using XenVlan.Changes.Persistence.Files;

namespace XenVlan.Changes.Persistence.Ifupdown;

/// <summary>Changes the files of ifupdown, a place at a time; after each change they are read anew.</summary>
/// <param name="planning">The files so far.</param>
/// <param name="candidates">The paths of the files that may be sourced.</param>
internal sealed class InterfacesEditor(FilePlanBuilder planning, IReadOnlyList<string> candidates)
{
    private readonly CachedByVersion<InterfacesConfiguration> _configuration = Cache(planning, candidates);

    /// <summary>The files as they will be after the changes so far.</summary>
    public InterfacesConfiguration Read() => _configuration.Value;

    /// <summary>Writes a file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="text">What is to be in it.</param>
    /// <param name="description">What that does.</param>
    public void Write(InterfacesFile file, string text, string description) => planning.Write(file.Path, text, description);

    /// <summary>Adds options at the end of a stanza.</summary>
    public void AddOptions(InterfacesStanza stanza, string description, params IEnumerable<string> options) =>
        Write(stanza.File, stanza.File.Insert(stanza.Last + 1, options.Select(o => stanza.Indent + o)), description);

    /// <summary>Adds a stanza for an interface that has none, and lets it come up at boot.</summary>
    /// <param name="name">The interface.</param>
    /// <param name="after">The interface whose file it goes to; null for the main file.</param>
    /// <param name="method">Family and method.</param>
    /// <param name="options">The options.</param>
    public void AddStanza(string name, string? after, string method, params IEnumerable<string> options)
    {
        var path = after is not null && Read().Stanzas(after) is [.., var last] ? last.File.Path : InterfacesConfiguration.MainPath;
        var block = string.Concat(
            new[] { $"auto {name}", $"iface {name} {method}" }.Concat(options.Select(o => "    " + o)).Select(l => l + "\n")
        );
        planning.Write(path, TextLines.Append(planning.Read(path) ?? "", block), $"create {name} at boot");
    }

    /// <summary>Lets an interface that has a stanza come up at boot.</summary>
    public void EnsureAuto(string name)
    {
        var configuration = Read();
        if (!configuration.IsAuto(name))
        {
            var stanza = configuration.Stanzas(name)[0];
            Write(stanza.File, stanza.File.Insert(stanza.First, $"auto {name}"), $"let {name} come up at boot");
        }
    }

    /// <summary>Takes an interface out of all files: its stanzas, and where lists, bridges and their commands name it.</summary>
    public void RemoveInterface(string name)
    {
        foreach (var file in Read().Files)
        {
            var gone = new HashSet<int>();
            var replaced = new Dictionary<int, string>();
            foreach (var stanza in file.Stanzas)
            {
                if (stanza.Name == name)
                    gone.UnionWith(Enumerable.Range(stanza.First, stanza.Last - stanza.First + 1));
                else
                    RemoveFrom(stanza, name, gone, replaced);
            }

            foreach (var (index, line) in file.Lists.Where(l => l.Line.Words.Skip(1).Contains(name, StringComparer.Ordinal)))
            {
                var left = line.Words.Skip(1).Where(w => w != name).ToList();
                if (left.Count == 0)
                    _ = gone.Add(index);
                else
                    replaced[index] = line.WithValue(string.Join(' ', left));
            }

            if (gone.Count + replaced.Count > 0)
                Write(file, file.Remove(gone, replaced), $"no longer create {name} at boot");
        }
    }

    private static CachedByVersion<InterfacesConfiguration> Cache(FilePlanBuilder planning, IReadOnlyList<string> candidates)
    {
        var files = new ParsedFileCache<InterfacesFile>(planning, (path, text) => new InterfacesFile(path, text));
        return new CachedByVersion<InterfacesConfiguration>(planning, () => new InterfacesConfiguration(planning, candidates, files));
    }

    private static void RemoveFrom(InterfacesStanza stanza, string name, HashSet<int> gone, Dictionary<int, string> replaced)
    {
        if (stanza.Find("bridge-ports") is var (index, line) && BridgePorts.Without(line.Value, name) is var left && left != line.Value)
            replaced[index] = line.WithValue(left);
        gone.UnionWith(BridgeVlanText.Of(stanza, name).Select(c => c.Index));
        gone.UnionWith(stanza.UpCommands.Where(c => IfupdownSettings.MtuOf(c.Words, name) is not null).Select(c => c.Index));
    }
}
