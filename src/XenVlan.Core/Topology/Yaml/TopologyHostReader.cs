using XenVlan.Hosts;
using XenVlan.Model;

namespace XenVlan.Topology.Yaml;

/// <summary>Reads the hosts of a document.</summary>
internal static class TopologyHostReader
{
    private static readonly ValueKey<HostTarget> Address = new(
        "address",
        Formats.Host,
        "How ssh reaches the host: an alias, host, user@host or user@host:port; local is this machine; by default its name"
    );

    private static readonly ObjectKey Bridges = new(
        "bridges",
        BridgeReader.Shape,
        "The host's bridges by name; others it has are left as they are",
        KeyForm.Named
    );

    private static readonly ObjectKey VlanInterfaces = new(
        "vlanInterfaces",
        VlanInterfaceReader.Shape,
        "The VLAN interfaces of domain 0 by name; others it has are left as they are",
        KeyForm.Named
    );

    /// <summary>The keys of a host.</summary>
    public static Shape Shape { get; } = new("host", "a host", Address, Bridges, VlanInterfaces);

    /// <summary>Reads a host.</summary>
    public static TopologyHost Read(string name, DocumentMap map, DocumentContext context)
    {
        context.AddHostName(name, map.Position);
        var interfaces = new InterfaceChecks(context.Errors);
        var bridges = new List<TopologyBridge>();
        foreach (var (bridge, bridgeMap) in map.GetNamed(Bridges, Formats.Interface))
            bridges.Add(BridgeReader.Read(bridge, bridgeMap, interfaces, context.Errors));
        var vlanInterfaces = VlanInterfaceReader.ReadAll(map, VlanInterfaces, interfaces, context);
        interfaces.Finish();

        var target = ReadTarget(map, Address, name, context.Errors);
        context.AddEnd(new TopologyNode(name, target, vlanInterfaces), map.IsFaulty);
        return new TopologyHost(name, target, bridges, vlanInterfaces) { Position = map.Position };
    }

    /// <summary>Reads how a host or guest is reached: by its address, or else by its name.</summary>
    /// <param name="map">The host or guest.</param>
    /// <param name="address">The key of its address.</param>
    /// <param name="name">Its name.</param>
    /// <param name="errors">Where errors go.</param>
    /// <returns>How it is reached; this machine where there was an error, which keeps the document from being used.</returns>
    public static HostTarget ReadTarget(DocumentMap map, ValueKey<HostTarget> address, string name, DocumentErrors errors)
    {
        if (map.Has(address))
            return map.Get(address) ?? HostTarget.Local;

        try
        {
            return address.Format.Parse(name);
        }
        catch (XenVlanException exception)
        {
            errors.Add(map.Position, $"The key \"address\" is missing, and the name does not do for it. {exception.Message}");
            return HostTarget.Local;
        }
    }
}
