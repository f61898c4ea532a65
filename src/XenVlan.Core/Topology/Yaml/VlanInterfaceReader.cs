using XenVlan.Model;

namespace XenVlan.Topology.Yaml;

/// <summary>Reads the VLAN interfaces of a host or guest.</summary>
internal static class VlanInterfaceReader
{
    private static readonly ValueKey<InterfaceName> Parent = new(
        "parent",
        Formats.Interface,
        "The interface whose tagged frames it takes; by default its name up to the last dot"
    );

    private static readonly ValueKey<VlanId?> Vlan = new(
        "vlan",
        Formats.Vlan,
        "Its VLAN; by default the number after the last dot of its name"
    );

    private static readonly ValueKey<VlanProtocol?> Protocol = new(
        "protocol",
        Formats.Protocol,
        "Its tag: 802.1Q, the default, or 802.1ad"
    );

    private static readonly ValueKey<int?> Mtu = new("mtu", Formats.Mtu, "Its MTU in bytes");

    private static readonly ValueKey<InterfaceAddress> Addresses = new(
        "addresses",
        Formats.Address,
        "Its addresses, each with the length of its prefix",
        KeyForm.List
    );

    /// <summary>The keys of a VLAN interface.</summary>
    public static Shape Shape { get; } = new("vlanInterface", "a VLAN interface", Parent, Vlan, Protocol, Mtu, Addresses);

    /// <summary>Reads all VLAN interfaces of a host or guest.</summary>
    /// <param name="owner">The host or guest.</param>
    /// <param name="key">Its key that holds them.</param>
    /// <param name="interfaces">The interfaces of the host so far.</param>
    /// <param name="context">The document.</param>
    public static List<TopologyVlanInterface> ReadAll(DocumentMap owner, ObjectKey key, InterfaceChecks interfaces, DocumentContext context)
    {
        var all = new List<TopologyVlanInterface>();
        foreach (var (name, map) in owner.GetNamed(key, Formats.Interface))
        {
            interfaces.AddName(name, map.Position);
            if (Read(name, map, context) is not { } vlanInterface)
                continue;
            interfaces.AddVlan(vlanInterface);
            all.Add(vlanInterface);
        }

        return all;
    }

    private static TopologyVlanInterface? Read(InterfaceName name, DocumentMap map, DocumentContext context)
    {
        var dot = name.Value.LastIndexOf('.');
        var parent = map.Get(Parent);
        if (!map.Has(Parent) && !InterfaceName.TryParse(dot > 0 ? name.Value[..dot] : null, out parent))
            context.Errors.Add(
                map.Position,
                $"The key \"parent\" is missing, and the name {DisplayText.Quote(name.Value)} does not tell it as eth0.10 does."
            );

        var vlan = map.Get(Vlan);
        if (!map.Has(Vlan))
        {
            if (VlanId.TryParse(name.Value[(dot + 1)..], out var named) && dot >= 0)
                vlan = named;
            else
                context.Errors.Add(
                    map.Position,
                    $"The key \"vlan\" is missing, and the name {DisplayText.Quote(name.Value)} does not tell it as eth0.10 does."
                );
        }

        var protocol = map.Get(Protocol) ?? VlanProtocol.Dot1Q;
        var mtu = map.Get(Mtu);
        var addresses = map.GetList(Addresses);
        if (parent is null || vlan is null)
            return null;

        foreach (var address in addresses)
            context.AddAddress(vlan.Value, address);
        return new TopologyVlanInterface(name, parent, vlan.Value, protocol, mtu, [.. addresses.Select(a => a.Value)])
        {
            Position = map.Position,
        };
    }
}
