using System.Text;
using XenVlan.Changes;
using XenVlan.Changes.Desired;
using XenVlan.Changes.Persistence;
using XenVlan.Changes.Persistence.Files;
using XenVlan.Model;

namespace XenVlan.Tests.Changes.Persistence;

/// <summary>A host of which tests have the files: eth0 (management), eth1 on bridge xenbr0, eth2, and a domain's vif1.0.</summary>
internal sealed record PersistentHost
{
    private static readonly PortVlans VlanOne = PortVlans.Access(new VlanId(1));

    /// <summary>The running host.</summary>
    public HostSnapshot Snapshot { get; init; } =
        new()
        {
            HostName = "alpha",
            NodeName = "alpha",
            TakenAt = default,
            Kernel = KernelVersion.Parse("6.1.0"),
            Toolstack = Toolstack.XL,
            Programs = ["ip", "bridge"],
            Interfaces =
            [
                new()
                {
                    Name = "lo",
                    Kind = InterfaceKind.Loopback,
                    Mtu = 65536,
                    IsUp = true,
                },
                Nic("eth0", "52:54:00:00:00:10"),
                Nic("eth1", "52:54:00:00:00:11") with
                {
                    Master = "xenbr0",
                    Port = new BridgePortDetails(),
                    PortVlans = VlanOne,
                },
                Nic("eth2", "52:54:00:00:00:12"),
                new()
                {
                    Name = "xenbr0",
                    Kind = InterfaceKind.Bridge,
                    Mtu = 1500,
                    IsUp = true,
                    Bridge = new BridgeDetails { DefaultPvid = new VlanId(1) },
                    PortVlans = VlanOne,
                },
                new()
                {
                    Name = "vif1.0",
                    Kind = InterfaceKind.Vif,
                    Mtu = 1500,
                    IsUp = true,
                    Master = "xenbr0",
                    Port = new BridgePortDetails(),
                    PortVlans = VlanOne,
                    Vif = new VifIdentity(1, 0),
                },
            ],
        };

    /// <summary>Its files by path, a byte a character.</summary>
    public IReadOnlyDictionary<string, string> Files { get; init; } = new Dictionary<string, string>();

    /// <summary>The directories that are there.</summary>
    public IReadOnlyList<string> Directories { get; init; } = [];

    /// <summary>The lines of its scripts that speak of making VLAN interfaces.</summary>
    public IReadOnlyList<ScriptLine> ScriptLines { get; init; } = [];

    /// <summary>Its symbolic links by path.</summary>
    public IReadOnlyDictionary<string, string> Links { get; init; } = new Dictionary<string, string>();

    /// <summary>A host with one file.</summary>
    public static PersistentHost With(NetworkManager manager, params (string Path, string Text)[] files)
    {
        var host = new PersistentHost { Files = files.ToDictionary(f => f.Path, f => f.Text) };
        return host with { Snapshot = host.Snapshot with { NetworkManagers = [manager] } };
    }

    public PersistentHost Managed(params NetworkManager[] managers) =>
        this with
        {
            Snapshot = Snapshot with { NetworkManagers = managers },
        };

    /// <summary>The host with an interface in place of the one of that name.</summary>
    public PersistentHost Having(NetworkInterface link) =>
        this with
        {
            Snapshot = Snapshot with { Interfaces = [.. Snapshot.Interfaces.Where(i => i.Name != link.Name), link] },
        };

    /// <summary>Plans changes and the files that make them last.</summary>
    public (IReadOnlyList<FileChange> Files, IReadOnlyList<string> Notes) Plan(params HostChange[] changes)
    {
        var configuration = new HostConfiguration
        {
            Files = [.. Files.Select(f => new HostFile(f.Key, f.Value)), .. Links.Select(l => new HostFile(l.Key, "", l.Value))],
            Directories = Directories,
        };
        var plan = ChangePlan.Make(Snapshot, changes);
        var planning = new FilePlanBuilder(plan.After, configuration);
        NetworkPersistence.Plan(planning, plan, ScriptLines);
        return (planning.Changes, planning.Notes);
    }

    /// <summary>The host after changes, running and persistent.</summary>
    public PersistentHost After(params HostChange[] changes)
    {
        var files = new Dictionary<string, string>(Files);
        var links = new Dictionary<string, string>(Links);
        foreach (var change in Plan(changes).Files)
        {
            var target = change.IsLink ? links : files;
            _ = target.Remove(change.Path);
            if (change.After is { } text)
                target[change.Path] = text;
        }

        return this with
        {
            Files = files,
            Links = links,
            Snapshot = ChangePlan.Make(Snapshot, changes).After,
        };
    }

    /// <summary>What changes would be written, as text for a golden file.</summary>
    public string Show(params HostChange[] changes)
    {
        var (files, notes) = Plan(changes);
        var text = new StringBuilder();
        foreach (var file in files)
        {
            text.Append($"=== {file.Path} {(file.IsLink ? "link" : file.Before is null ? file.Mode : "kept mode")}: {file.Description}\n");
            text.Append(file.After ?? Removed(file));
            text.Append(file.After?.EndsWith('\n') == true ? "" : "\n");
        }

        foreach (var note in notes)
            text.Append($"note: {note}\n");
        return text.Length == 0 ? "nothing\n" : text.ToString();
    }

    private static string Removed(FileChange file) =>
        $"(removed{(file.RemovesDirectory ? ", with its directory" : "")}{(file.AfterRemoval is { } command ? $", then {command}" : "")})";

    public static VlanInterfacePresent Vlan(
        int id,
        string parent = "xenbr0",
        string? name = null,
        int? mtu = null,
        VlanProtocol protocol = VlanProtocol.Dot1Q,
        params string[] addresses
    ) =>
        new()
        {
            Parent = new InterfaceName(parent),
            VlanId = new VlanId(id),
            Name = name is null ? null : new InterfaceName(name),
            Mtu = mtu,
            Protocol = protocol,
            Addresses = [.. addresses.Select(InterfaceAddress.Parse)],
        };

    public static VlanInterfaceAbsent NoVlan(string name) => new(new InterfaceName(name));

    /// <summary>The changes that give VLAN 10 a bridge of its own, with the domain's vif on it.</summary>
    public static HostChange[] OwnBridge =>
        [
            new BridgePresent(new InterfaceName("xenbr10")),
            Vlan(10),
            new BridgePortPresent(new InterfaceName("xenbr10"), new InterfaceName("xenbr0.10")),
            new BridgePortPresent(new InterfaceName("xenbr10"), new InterfaceName("vif1.0")),
        ];

    /// <summary>The changes that let xenbr0 filter, its uplink and itself carry some VLANs, and a VLAN interface up to domain 0.</summary>
    public static HostChange[] Filtering =>
        [
            new BridgeFilteringIs(new InterfaceName("xenbr0"), On: true),
            new TaggedVlansAre(new InterfaceName("eth1"), VlanSet.Parse("10,20-29")),
            Vlan(10, addresses: "10.10.0.1/24"),
            new PortVlansAre(new InterfaceName("vif1.0"), PortVlans.Access(new VlanId(20))),
        ];

    public static NetworkInterface Nic(string name, string mac) =>
        new()
        {
            Name = name,
            Kind = InterfaceKind.Physical,
            Mtu = 9000,
            IsUp = true,
            Mac = MacAddress.Parse(mac),
        };
}
