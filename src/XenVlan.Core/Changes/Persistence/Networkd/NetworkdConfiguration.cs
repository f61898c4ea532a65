using XenVlan.Changes.Persistence.Networks;
using XenVlan.Model;

namespace XenVlan.Changes.Persistence.Networkd;

/// <summary>All files of systemd-networkd, but for those netplan generates at each boot.</summary>
internal sealed class NetworkdConfiguration
{
    // Those before hide those after that have the same name (systemd.network(5)).
    private static readonly string[] Directories =
        [NetworkdUnit.Directory, "/run/systemd/network", "/usr/local/lib/systemd/network", "/usr/lib/systemd/network", "/lib/systemd/network"];

    private readonly HostSnapshot _host;

    /// <summary>Reads the files.</summary>
    /// <param name="planning">The files so far.</param>
    public NetworkdConfiguration(PersistentPlanning planning)
    {
        _host = planning.Host;
        Networks = Load(planning, ".network");
        Devices = Load(planning, ".netdev");
    }

    /// <summary>What is read.</summary>
    public static IReadOnlyList<string> Patterns { get; } =
    [
        .. Directories.SelectMany(d => new[] { $"{d}/*.network", $"{d}/*.netdev", $"{d}/*.network.d/*.conf", $"{d}/*.netdev.d/*.conf" }),
    ];

    /// <summary>The <c>.network</c> files, in the order in which they count.</summary>
    public IReadOnlyList<NetworkdUnit> Networks { get; }

    /// <summary>The <c>.netdev</c> files.</summary>
    public IReadOnlyList<NetworkdUnit> Devices { get; }

    /// <summary>The file that makes an interface.</summary>
    /// <param name="name">The interface.</param>
    /// <returns>The unit; null where there is none.</returns>
    public NetworkdUnit? Device(string name) => Devices.FirstOrDefault(d => string.Equals(d.Last("NetDev", "Name"), name, StringComparison.Ordinal));

    /// <summary>The file that configures an interface: the first that matches.</summary>
    /// <param name="name">The interface.</param>
    /// <returns>The unit; null where there is none.</returns>
    public NetworkdUnit? Network(string name) => Networks.FirstOrDefault(n => NetworkdMatch.Of(n, name, _host.FindInterface(name)) is not NetworkdMatch.Answer.No);

    /// <summary>The other interfaces of the host that a file configures.</summary>
    /// <param name="unit">The file.</param>
    /// <param name="name">The interface that is not counted.</param>
    /// <returns>Their names.</returns>
    public IEnumerable<string> Others(NetworkdUnit unit, string name) => _host.Interfaces.Select(i => i.Name)
        .Where(n => !string.Equals(n, name, StringComparison.Ordinal) && string.Equals(Network(n)?.Name, unit.Name, StringComparison.Ordinal));

    private static List<NetworkdUnit> Load(PersistentPlanning planning, string suffix)
    {
        var mains = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var directory in Directories)
        {
            foreach (var path in planning.In(directory, suffix))
                _ = mains.TryAdd(path[(directory.Length + 1)..], path);
        }

        return
        [
            .. mains.Where(m => !m.Value.StartsWith("/run/systemd/network/10-netplan-", StringComparison.Ordinal))
                .Select(m => new NetworkdUnit(m.Key, Read(planning, m.Value), DropIns(planning, m.Key)))
                .Where(u => u.Main.Text.Length > 0), // An empty file, or a link to /dev/null, hides others and says nothing.
        ];
    }

    private static IReadOnlyList<IniFile> DropIns(PersistentPlanning planning, string name)
    {
        var found = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var directory in Directories)
        {
            foreach (var path in planning.In($"{directory}/{name}.d", ".conf"))
                _ = found.TryAdd(path[(path.LastIndexOf('/') + 1)..], path);
        }

        return [.. found.Values.Select(p => Read(planning, p))];
    }

    private static IniFile Read(PersistentPlanning planning, string path) => new(path, planning.Read(path) ?? "", isSystemd: true);
}
