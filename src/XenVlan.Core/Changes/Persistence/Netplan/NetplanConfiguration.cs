using XenVlan.Changes.Persistence.Files;
using XenVlan.Model;

namespace XenVlan.Changes.Persistence.Netplan;

/// <summary>All files of netplan, which puts them together: later values replace earlier ones, and lists grow (netplan(5)).</summary>
internal sealed class NetplanConfiguration
{
    /// <summary>XenVlan's own file.</summary>
    public const string OwnPath = "/etc/netplan/90-xenvlan.yaml";

    // Those before hide those after that have the same name (netplan-generate(8)).
    private static readonly string[] Directories = ["/etc/netplan", "/run/netplan", "/lib/netplan", "/usr/lib/netplan"];

    private readonly HostSnapshot _host;
    private readonly List<NetplanDefinition> _definitions = [];
    private readonly ILookup<string, NetplanDefinition> _byId;
    private readonly List<NetplanDefinition> _matching;

    /// <summary>Reads the files.</summary>
    public NetplanConfiguration(FilePlanBuilder planning, ParsedFileCache<NetplanFile> parsed)
    {
        _host = planning.Host;
        var files = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var directory in Directories)
        {
            foreach (var path in planning.FilesIn(directory, ".yaml"))
                _ = files.TryAdd(path[(directory.Length + 1)..], path);
        }

        foreach (var path in files.Values)
            Add(path, parsed.Get(path));
        _byId = _definitions.ToLookup(d => d.Id, StringComparer.Ordinal);
        _matching = _definitions.FindAll(d => d.Settings.Get("match") is not null || d.Settings.Get("set-name") is not null);
    }

    /// <summary>What is read.</summary>
    public static IReadOnlyList<string> Patterns { get; } = [.. Directories.Select(d => d + "/*.yaml")];

    /// <summary>What the first file that is not YAML has wrong: <c>file:line</c> and what.</summary>
    public (string Place, string Problem)? Problem { get; private set; }

    /// <summary>XenVlan's file.</summary>
    public NetplanMap Own { get; private set; } = new();

    /// <summary>Everything the files say, in the order in which it counts.</summary>
    public IReadOnlyList<NetplanDefinition> Definitions => _definitions;

    /// <summary>What the files say of an interface.</summary>
    /// <returns>The definitions, in the order in which they count.</returns>
    public IReadOnlyList<NetplanDefinition> Of(string name)
    {
        var ids = _byId[name].Concat(_matching).Where(d => IsFor(d, name)).Select(d => (d.Type, d.Id)).ToHashSet();
        return [.. ids.SelectMany(i => _byId[i.Id].Where(d => d.Type == i.Type))];
    }

    private bool IsFor(NetplanDefinition definition, string name)
    {
        if (definition.Settings.Get("set-name")?.Text is { } given)
            return given == name;
        if (definition.Settings.Get("match") is not NetplanMap match)
            return definition.Id == name && !_byId[name].Any(d => d.Type == definition.Type && d.Settings.Get("match") is NetplanMap);

        var isNamed = match.Get("name") switch
        {
            null => true,
            NetplanList names => names.Items.Exists(n => n.Text is { } pattern && Glob.Matches(pattern, name)),
            var pattern => pattern.Text is { } text && Glob.Matches(text, name),
        };
        return isNamed
            && (match.Get("name") is not null || match.Get("macaddress") is not null)
            && (
                match.Get("macaddress")?.Text is not { } mac
                || (
                    MacAddress.TryParse(mac, out var wanted)
                    && _host.FindInterface(name) is { Kind: InterfaceKind.Physical, Mac: { } own }
                    && own.Equals(wanted)
                )
            );
    }

    private void Add(string path, NetplanFile file)
    {
        if (file.Problem is { } found)
            Problem ??= ($"{path}:{found.Line}", found.What);
        if (path == OwnPath)
            Own = file.Root;
        if (file.Root.Get("network") is not NetplanMap network)
            return;

        foreach (var (type, value) in network.Entries)
        {
            if (value is not NetplanMap interfaces || type is "openvswitch" or "nm-devices")
                continue;
            foreach (var (id, settings) in interfaces.Entries)
                _definitions.Add(new NetplanDefinition(path, type, id, settings as NetplanMap ?? new NetplanMap(settings.Line)));
        }
    }
}

/// <summary>What one file says of one interface.</summary>
/// <param name="Path">The file.</param>
/// <param name="Type">Such as <c>vlans</c>.</param>
/// <param name="Id">Its name in netplan, which for a NIC may be another than the kernel's.</param>
/// <param name="Settings">What it says.</param>
internal sealed record NetplanDefinition(string Path, string Type, string Id, NetplanMap Settings)
{
    /// <summary>Where it is.</summary>
    public string Place => $"{Path}:{Settings.Line}";
}

/// <summary>A file of netplan.</summary>
/// <param name="Root">What it says.</param>
/// <param name="Problem">Line and problem, where it is not YAML.</param>
internal sealed record NetplanFile(NetplanMap Root, (int Line, string What)? Problem)
{
    /// <summary>Reads a file.</summary>
    /// <param name="text">What is in it, a byte a character.</param>
    public static NetplanFile Read(string text)
    {
        var root = NetplanReader.Read(text, out var problem);
        return new NetplanFile(root, problem);
    }
}
