using XenVlan.Changes.Persistence.Files;

namespace XenVlan.Changes.Persistence.Ifupdown;

/// <summary>All files of ifupdown: <c>/etc/network/interfaces</c> and those it sources, in the order in which they count.</summary>
internal sealed class InterfacesConfiguration
{
    /// <summary>The file ifupdown begins with.</summary>
    public const string MainPath = "/etc/network/interfaces";

    /// <summary>The directory Debian's main file sources.</summary>
    public const string Directory = "/etc/network/interfaces.d";

    private readonly FilePlanBuilder _planning;
    private readonly ParsedFileCache<InterfacesFile> _parsed;
    private readonly List<InterfacesFile> _files = [];
    private readonly ILookup<string, InterfacesStanza> _stanzas;
    private readonly List<InterfacesStanza> _bridges;
    private readonly HashSet<string> _automatic;

    /// <summary>Reads the files.</summary>
    /// <param name="planning">The files so far.</param>
    /// <param name="candidates">The paths of the files that may be sourced.</param>
    /// <param name="parsed">The files.</param>
    public InterfacesConfiguration(FilePlanBuilder planning, IReadOnlyList<string> candidates, ParsedFileCache<InterfacesFile> parsed)
    {
        _planning = planning;
        _parsed = parsed;
        Read(MainPath, candidates);
        _stanzas = _files.SelectMany(f => f.Stanzas).ToLookup(s => s.Name, StringComparer.Ordinal);
        _bridges = [.. _files.SelectMany(f => f.Stanzas).Where(s => s.Find("bridge-ports") is not null)];
        _automatic = _files
            .SelectMany(f => f.Lists)
            .Where(l => l.Line.Keyword is "auto" || l.Line.Keyword.StartsWith("allow-", StringComparison.Ordinal))
            .SelectMany(l => l.Line.Words.Skip(1))
            .ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>The files.</summary>
    public IReadOnlyList<InterfacesFile> Files => _files;

    /// <summary>The stanzas of an interface.</summary>
    /// <returns>Its stanzas, in the order in which they count.</returns>
    public IReadOnlyList<InterfacesStanza> Stanzas(string name) => [.. _stanzas[name]];

    /// <summary>The stanzas that make bridges.</summary>
    public IReadOnlyList<InterfacesStanza> Bridges => _bridges;

    /// <summary>The stanza that makes a bridge.</summary>
    /// <returns>The stanza; null where there is none.</returns>
    public InterfacesStanza? Bridge(string name) => _bridges.Find(s => s.Name == name);

    /// <summary>The stanza of the bridge that takes an interface as its port.</summary>
    /// <returns>The stanza; null where there is none.</returns>
    public InterfacesStanza? BridgeOf(string port) => _bridges.Find(s => BridgePorts.Has(s.Value("bridge-ports")!, port));

    /// <summary>Whether ifupdown brings an interface up by itself.</summary>
    /// <returns>Whether an <c>auto</c> or <c>allow-…</c> line has it, by name or by a pattern.</returns>
    public bool IsAuto(string name) =>
        _automatic.Contains(name)
        || _automatic.Any(w => w.StartsWith('/') && !w.Contains('=', StringComparison.Ordinal) && Glob.Matches(w.Split('/')[1], name));

    private void Read(string path, IReadOnlyList<string> candidates)
    {
        if (_files.Exists(f => f.Path == path) || _planning.Read(path) is null)
            return;

        var file = _parsed.Get(path);
        _files.Add(file);
        foreach (var (line, index) in file.Lines.Select((l, i) => (l, i)).Where(l => l.l.Keyword is "source" or "source-directory"))
        {
            foreach (var word in line.Words.Skip(1))
            {
                var pattern = Absolute(word, path);
                if (!pattern.StartsWith(Directory, StringComparison.Ordinal))
                    _planning.Note(
                        $"{file.Place(index)} sources {Model.DisplayText.Clean(word)}, which XenVlan does not read: it knows "
                            + $"{MainPath} and {Directory}. What is configured there is not seen."
                    );
                var sourced = candidates.Where(c =>
                    line.Keyword is "source"
                        ? Glob.Matches(pattern, c, isPath: true)
                        : Glob.Matches(pattern, c[..c.LastIndexOf('/')], isPath: true) && IsPlainName(c[(c.LastIndexOf('/') + 1)..])
                );
                foreach (var candidate in sourced)
                    Read(candidate, candidates);
            }
        }
    }

    private static string Absolute(string path, string from) =>
        (path.StartsWith('/') ? path : from[..(from.LastIndexOf('/') + 1)] + path).TrimEnd('/');

    private static bool IsPlainName(string name) => name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-');
}
