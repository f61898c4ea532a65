using XenVlan.Changes;
using XenVlan.Changes.Persistence;
using XenVlan.Changes.Persistence.Domains;
using XenVlan.Changes.Persistence.Files;
using XenVlan.Model;

namespace XenVlan.Tests.Changes.Persistence.Domains;

/// <summary>A host with a filtering bridge, xenbr0, a second one, xenbr10, and the domain "web" with two NICs.</summary>
internal sealed class NicHost
{
    public const string VifBridge = "/etc/xen/scripts/vif-bridge";

    public Dictionary<string, string> Files { get; } = new(StringComparer.Ordinal) { [VifBridge] = "#!/bin/bash\ncall_hooks vif post\n" };

    public Dictionary<string, string> Links { get; } = new(StringComparer.Ordinal);

    public List<string> Unreadable { get; } = [];

    public HostSnapshot Snapshot { get; set; } =
        new()
        {
            HostName = "a",
            TakenAt = default,
            NodeName = "a",
            Kernel = new KernelVersion("6.1.0", new Version(6, 1, 0)),
            XenVersion = "4.17.7",
            IsDomain0 = true,
            Toolstack = Toolstack.XL,
            Domains = [new XenDomain(0, "Domain-0"), new XenDomain(5, "web")],
            Interfaces = [Bridge("xenbr0"), Bridge("xenbr10"), Vif(0), Vif(1)],
            Vifs = [Record(0), Record(1)],
        };

    public HostConfiguration Configuration =>
        new()
        {
            Files = [.. Files.Select(f => new HostFile(f.Key, f.Value, Links.GetValueOrDefault(f.Key)))],
            Directories = ["/etc/xen"],
            Unreadable = Unreadable,
        };

    /// <summary>Plans changes, and takes them for made: both the files and what runs.</summary>
    public (IReadOnlyList<FileChange> Files, IReadOnlyList<string> Notes) Make(params HostChange[] changes)
    {
        var plan = ChangePlan.Make(Snapshot, changes);
        var planned = PersistencePlanner.Plan(plan, Configuration);
        foreach (var file in planned.Files)
        {
            if (file.After is null)
                Files.Remove(file.Path);
            else
                Files[file.Path] = file.After;
        }

        Snapshot = plan.After;
        return planned;
    }

    public NicHost With(string path, string text)
    {
        Files[path] = text;
        return this;
    }

    public string Table => string.Join('\n', Files[VifTable.Path].Split('\n').Where(l => !l.StartsWith('#')));

    public static InterfaceName Name(int index) => new($"vif5.{index}");

    private static NetworkInterface Bridge(string name) =>
        new()
        {
            Name = name,
            Kind = InterfaceKind.Bridge,
            Mtu = 1500,
            IsUp = true,
            Bridge = new BridgeDetails { VlanFiltering = true, DefaultPvid = new VlanId(1) },
            PortVlans = PortVlans.Access(new VlanId(1)),
        };

    private static NetworkInterface Vif(int index) =>
        new()
        {
            Name = $"vif5.{index}",
            Kind = InterfaceKind.Vif,
            Mtu = 1500,
            IsUp = true,
            Master = "xenbr0",
            Port = new BridgePortDetails { State = BridgePortState.Forwarding },
            PortVlans = PortVlans.Access(new VlanId(1)),
            Vif = new VifIdentity(5, index),
            Offloads = new Offloads(true, null, null, null),
        };

    private static VifRecord Record(int index) =>
        new()
        {
            DomainId = 5,
            Index = index,
            Mac = MacAddress.Parse($"00:16:3e:00:05:0{index}"),
            Bridge = "xenbr0",
            Script = VifBridge,
            Mtu = 1500,
            State = 4,
        };
}
