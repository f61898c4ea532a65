using XenVlan.Hosts;

namespace XenVlan.Topology.Yaml;

/// <summary>Reads the domains of a document.</summary>
internal static class DomainReader
{
    private static readonly ValueKey<HostTarget> GuestAddress = new(
        "address",
        Formats.Host,
        "How ssh reaches the domain: an alias, host, user@host or user@host:port; by default its name"
    );

    private static readonly ObjectKey GuestVlanInterfaces = new(
        "vlanInterfaces",
        VlanInterfaceReader.Shape,
        "The VLAN interfaces inside the domain by name; others it has are left as they are",
        KeyForm.Named
    );

    private static readonly Shape GuestShape = new("guest", "a guest", GuestAddress, GuestVlanInterfaces);

    private static readonly ValueKey<string> Host = new(
        "host",
        Formats.Name,
        "The host the domain runs on, by its name in this document",
        IsRequired: true
    );

    private static readonly ObjectKey Nics = new(
        "nics",
        NicReader.Shape,
        "The domain's NICs by index, from 0; others it has are left as they are",
        KeyForm.Named
    );

    private static readonly ObjectKey Guest = new("guest", GuestShape, "The inside of the domain; only when it can be logged into");

    /// <summary>The keys of a domain.</summary>
    public static Shape Shape { get; } = new("domain", "a domain", Host, Nics, Guest);

    /// <summary>Reads a domain.</summary>
    public static TopologyDomain Read(string name, DocumentMap map, DocumentContext context)
    {
        context.AddName(name, map.Position);
        var host = map.Get(Host);
        if (host is not null)
            context.CheckHost(host, map.ValuePositionOf(Host));

        var nics = new List<TopologyNic>();
        foreach (var (index, nicMap) in map.GetNamed(Nics, Formats.NicIndex))
        {
            if (NicReader.Read(index!.Value, nicMap, context.Errors) is { } nic)
                nics.Add(nic);
        }

        var guest = map.GetObject(Guest) is { } guestMap ? ReadGuest(name, guestMap, context) : null;
        return new TopologyDomain(name, host ?? "", nics, guest) { Position = map.Position };
    }

    private static TopologyGuest ReadGuest(string name, DocumentMap map, DocumentContext context)
    {
        var interfaces = new InterfaceChecks(context.Errors);
        var vlanInterfaces = VlanInterfaceReader.ReadAll(map, GuestVlanInterfaces, interfaces, context);
        interfaces.Finish();

        var target = TopologyHostReader.ReadTarget(map, GuestAddress, name, context.Errors);
        context.AddEnd(new TopologyNode(name, target, vlanInterfaces), map.IsFaulty);
        return new TopologyGuest(target, vlanInterfaces) { Position = map.Position };
    }
}
