using XenVlan.Changes.Persistence.Files;
using XenVlan.Model;

namespace XenVlan.Changes.Persistence.Networkd;

/// <summary>All files of systemd-networkd, but for those netplan generates at each boot.</summary>
internal sealed class NetworkdConfiguration
{
    // Those before hide those after that have the same name (systemd.network(5)).
    private static readonly string[] Directories =
    [
        NetworkdUnit.Directory,
        "/run/systemd/network",
        "/usr/local/lib/systemd/network",
        "/usr/lib/systemd/network",
        "/lib/systemd/network",
    ];

    private readonly HostSnapshot _host;
    private readonly Dictionary<string, NetworkdUnit> _devicesByName = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _literalNetworks = new(StringComparer.Ordinal);
    private readonly List<int> _otherNetworks = [];

    /// <summary>Reads the files.</summary>
    public NetworkdConfiguration(FilePlanBuilder planning, ParsedFileCache<IniFile> parsed)
    {
        _host = planning.Host;
        var paths = Directories.SelectMany(d => planning.FilesUnder(d)).ToList();
        Networks = Load(paths, ".network", parsed);
        Devices = Load(paths, ".netdev", parsed);
        foreach (var device in Devices)
            _ = _devicesByName.TryAdd(device.Last("NetDev", "Name") ?? "", device);
        for (var i = 0; i < Networks.Count; i++)
        {
            if (NetworkdMatch.LiteralName(Networks[i]) is not { } name)
                _otherNetworks.Add(i);
            else
                _ = _literalNetworks.TryAdd(name, i);
        }
    }

    /// <summary>What is read.</summary>
    public static IReadOnlyList<string> Patterns { get; } =
    [.. Directories.SelectMany(d => new[] { $"{d}/*.network", $"{d}/*.netdev", $"{d}/*.network.d/*.conf", $"{d}/*.netdev.d/*.conf" })];

    /// <summary>The <c>.network</c> files, in the order in which they count.</summary>
    public IReadOnlyList<NetworkdUnit> Networks { get; }

    /// <summary>The <c>.netdev</c> files.</summary>
    public IReadOnlyList<NetworkdUnit> Devices { get; }

    /// <summary>The file that makes an interface.</summary>
    /// <returns>The unit; null where there is none.</returns>
    public NetworkdUnit? Device(string name) => _devicesByName.GetValueOrDefault(name);

    /// <summary>The file that configures an interface: the first that matches.</summary>
    /// <returns>The unit; null where there is none.</returns>
    public NetworkdUnit? Network(string name)
    {
        var first = _literalNetworks.TryGetValue(name, out var literal) ? literal : int.MaxValue;
        var link = _otherNetworks.Count > 0 ? _host.FindInterface(name) : null;
        foreach (var other in _otherNetworks)
        {
            if (other > first)
                break;
            if (NetworkdMatch.Of(Networks[other], name, link) is not NetworkdMatch.Answer.No)
                return Networks[other];
        }

        return first < int.MaxValue ? Networks[first] : null;
    }

    /// <summary>The other interfaces of the host that a file configures.</summary>
    /// <param name="unit">The file.</param>
    /// <param name="name">The interface that is not counted.</param>
    public IEnumerable<string> Others(NetworkdUnit unit, string name) =>
        _host.Interfaces.Select(i => i.Name).Where(n => n != name && Network(n)?.Name == unit.Name);

    private static IReadOnlyList<NetworkdUnit> Load(List<string> paths, string suffix, ParsedFileCache<IniFile> parsed)
    {
        var mains = new SortedDictionary<string, string>(StringComparer.Ordinal);
        var dropIns = new Dictionary<string, SortedDictionary<string, string>>(StringComparer.Ordinal);
        foreach (var path in paths)
        {
            var slash = path.LastIndexOf('/');
            var file = path[(slash + 1)..];
            if (path.AsSpan(0, slash).EndsWith($"{suffix}.d", StringComparison.Ordinal) && file.EndsWith(".conf", StringComparison.Ordinal))
            {
                var unit = path[(path.LastIndexOf('/', slash - 1) + 1)..(slash - ".d".Length)];
                if (!dropIns.TryGetValue(unit, out var own))
                    dropIns[unit] = own = new SortedDictionary<string, string>(StringComparer.Ordinal);
                _ = own.TryAdd(file, path);
            }
            else if (file.EndsWith(suffix, StringComparison.Ordinal) && Directories.Contains(path[..slash], StringComparer.Ordinal))
                _ = mains.TryAdd(file, path);
        }

        return
        [
            .. mains
                .Where(m => !m.Value.StartsWith("/run/systemd/network/10-netplan-", StringComparison.Ordinal))
                .Select(m => new NetworkdUnit(
                    m.Key,
                    parsed.Get(m.Value),
                    [.. (dropIns.GetValueOrDefault(m.Key)?.Values.ToList() ?? []).Select(parsed.Get)]
                ))
                .Where(u => u.Main.Text.Length > 0), // An empty file, or a link to /dev/null, hides others and says nothing.
        ];
    }
}
