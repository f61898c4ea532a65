using System.Globalization;
using System.Net;
using XenVlan.Changes.Persistence.Common;
using XenVlan.Changes.Persistence.Files;
using XenVlan.Model;

namespace XenVlan.Changes.Persistence.Netplan;

/// <summary>
/// netplan, whatever it writes for. XenVlan has one file of its own there, which netplan merges with the others
/// (netplan(5)); theirs are not changed.
/// </summary>
internal sealed class NetplanBackend : NetworkBackend
{
    private readonly NetplanEditor _editor;

    /// <summary>Reads and checks the files.</summary>
    public NetplanBackend(FilePlanBuilder planning)
        : base(planning)
    {
        _editor = new NetplanEditor(planning);
        if (_editor.Read().Problem is { } problem)
            throw Invalid(problem.Place, problem.Problem);
    }

    /// <inheritdoc/>
    public override string Name => "netplan";

    /// <inheritdoc/>
    public override IReadOnlyList<string> DefinitionsOf(string name) => [.. _editor.Read().Of(name).Select(d => d.Place)];

    /// <inheritdoc/>
    public override void Remove(string name)
    {
        var others = _editor
            .Read()
            .Definitions.Where(d => d.Path is not NetplanConfiguration.OwnPath && (d.Id == name || Names(d, name)))
            .ToList();
        if (others.Count > 0)
            throw NotSupported(
                $"{name} is configured in {string.Join(", ", others.Select(d => d.Place)):unquoted}, and XenVlan changes no file of "
                    + $"netplan but its own, {NetplanConfiguration.OwnPath:unquoted}. Remove it there."
            );
        _editor.Change($"no longer create {name} at boot", network => _editor.Take(network, name));
    }

    /// <inheritdoc/>
    public override IEnumerable<InterfaceAddress> Addresses(string name) => _editor.Read().Of(name).SelectMany(Addresses);

    /// <inheritdoc/>
    public override IEnumerable<ConfiguredPort> Ports() =>
        from bridge in _editor.Read().Definitions
        where bridge.Type is "bridges"
        from port in Ports(bridge)
        select new ConfiguredPort(bridge.Id, port, bridge.Place);

    /// <inheritdoc/>
    public override IEnumerable<(IPAddress Address, string Place)> Gateways(string name) =>
        from definition in _editor.Read().Of(name)
        from node in Vias(definition)
        let gateway = InterfaceAddress.TryParseAddress(node.Text, out var address) ? address : null
        where gateway is not null
        select (gateway!, $"{definition.Path}:{node.Line.ToString(CultureInfo.InvariantCulture)}");

    /// <inheritdoc/>
    public override void RemoveAddress(string name, InterfaceAddress address, InterfaceAddress? instead)
    {
        var having = _editor.Read().Of(name).Where(d => Addresses(d).Contains(address)).ToList();
        if (having.Find(d => d.Path is not NetplanConfiguration.OwnPath) is { } other)
            throw NotSupported(
                $"{other.Place:unquoted} gives {name} the address {address}, and XenVlan changes no file of netplan but its own, "
                    + $"{NetplanConfiguration.OwnPath:unquoted}. Remove it there."
            );
        if (having.Count == 0)
            return;

        var (type, id) = Own(name);
        _editor.Change(
            Exchange(name, address, instead),
            network =>
            {
                var settings = network.Map(type).Map(id);
                var items = settings.List("addresses").Items;
                if (instead is not null && items.FindIndex(i => address.Equals(AddressOf(i))) is >= 0 and var at)
                    items[at] = Exchange(items[at], instead);
                items.RemoveAll(i => address.Equals(AddressOf(i)));
                if (items.Count == 0)
                    settings.Remove("addresses");
            }
        );
    }

    /// <inheritdoc/>
    public override void Ensure(DesiredInterface wanted)
    {
        var name = wanted.Name;
        if (wanted.Vlan is { } vlan)
            EnsureVlan(wanted, vlan);
        else if (wanted.IsBridge && _editor.Read().Of(name).Count == 0)
        {
            _editor.Change(
                $"create {name} at boot",
                network =>
                {
                    var parameters = network.Map("bridges").Map(name).Map("parameters");
                    parameters.Set("forward-delay", new NetplanScalar("0"));
                    parameters.Set("stp", new NetplanScalar("false"));
                }
            );
        }

        foreach (var port in wanted.Ports)
            EnsurePort(name, port);
        foreach (var address in wanted.Addresses)
            EnsureAddress(name, address);
        if (wanted.Mtu is { } mtu)
            EnsureScalar(
                name,
                "mtu",
                mtu.ToString(CultureInfo.InvariantCulture),
                $"give {name} an MTU of {mtu.ToString(CultureInfo.InvariantCulture)} at boot"
            );
        if (wanted.VlanFiltering is true || wanted.VlansAreAsked)
            throw NotSupported($"netplan cannot make VLAN filtering of a bridge last, nor the VLANs of {name}.");
        if (wanted.Vlans is not null)
            Planning.Note($"{name} filters VLANs, which netplan cannot make last: after a boot it will pass all.");
    }

    private void EnsureVlan(DesiredInterface wanted, VlanDetails vlan)
    {
        var name = wanted.Name;
        if (vlan.Protocol is VlanProtocol.Dot1AD)
            throw NotSupported($"netplan cannot make {name}: it knows no 802.1ad.");

        var parent = IdOf(vlan.Parent);
        var description = $"create {name} at boot";
        if (_editor.Read().Of(name).Count == 0)
        {
            _editor.Change(
                description,
                network =>
                {
                    var settings = network.Map("vlans").Map(name);
                    settings.Set("id", new NetplanScalar(vlan.Id.ToString()!));
                    settings.Set("link", new NetplanScalar(parent));
                    if (wanted.Mtu is { } mtu)
                        settings.Set("mtu", new NetplanScalar(mtu.ToString(CultureInfo.InvariantCulture)));
                    foreach (var address in wanted.Addresses)
                        settings.List("addresses").Items.Add(new NetplanScalar(address.ToString()));
                }
            );
        }

        EnsureScalar(name, "id", vlan.Id.ToString()!, description);
        EnsureScalar(name, "link", parent, description);
    }

    private void EnsurePort(string bridge, string port)
    {
        var id = IdOf(port);
        var configuration = _editor.Read();
        if (configuration.Of(bridge) is not [var own, ..])
            throw NotSupported(
                $"netplan does not know bridge {bridge}, so {port} cannot be put on it at boot. Define it under bridges: in a file of "
                    + $"/etc/netplan."
            );
        if (configuration.Of(bridge).Any(d => Ports(d).Contains(id, StringComparer.Ordinal)))
            return;
        if (
            configuration.Definitions.FirstOrDefault(d =>
                d.Path is not NetplanConfiguration.OwnPath && Ports(d).Contains(id, StringComparer.Ordinal)
            ) is
            { } other
        )
            throw Conflict(
                $"{other.Place:unquoted} puts {port} on bridge {other.Id}, and XenVlan changes no file of netplan but its own. Take it "
                    + $"off there."
            );

        _editor.Change(
            $"put {port} on bridge {bridge} at boot",
            network =>
            {
                _ = NetplanEditor.TakePort(network, id);
                network.Map("bridges").Map(own.Id).List("interfaces").Items.Add(new NetplanScalar(id));
            }
        );
    }

    private void EnsureAddress(string name, InterfaceAddress address)
    {
        var (type, id) = Own(name);
        if (!_editor.Read().Of(name).SelectMany(Addresses).Contains(address))
            _editor.Change(
                $"add {address} to {name} at boot",
                network => network.Map(type).Map(id).List("addresses").Items.Add(new NetplanScalar(address.ToString()))
            );
    }

    private void EnsureScalar(string name, string key, string value, string description)
    {
        var (type, id) = Own(name);
        var last = _editor.Read().Of(name).LastOrDefault(d => d.Settings.Get(key) is not null);
        if (last?.Settings.Get(key)?.Text == value)
            return;
        if (
            last is not null
            && string.CompareOrdinal(System.IO.Path.GetFileName(last.Path), System.IO.Path.GetFileName(NetplanConfiguration.OwnPath)) > 0
        )
            throw Conflict(
                $"{last.Path:unquoted}:{last.Settings.Get(key)!.Line} gives {name} another {key:unquoted}, and counts more than "
                    + $"{NetplanConfiguration.OwnPath:unquoted}. Change it there."
            );
        _editor.Change(description, network => network.Map(type).Map(id).Set(key, new NetplanScalar(value)));
    }

    private (string Type, string Id) Own(string name)
    {
        var id = IdOf(name);
        return (_editor.Read().Of(name)[0].Type, id);
    }

    // netplan must know what it makes something of; a NIC it does not know, XenVlan tells it of.
    private string IdOf(string name)
    {
        var definitions = _editor.Read().Of(name);
        if (definitions.Select(d => (d.Type, d.Id)).Distinct().ToList() is { Count: > 1 })
            throw Conflict(
                $"{name} is configured several times: {string.Join(", ", definitions.Select(d => d.Place)):unquoted}. Keep one."
            );
        if (definitions.Count > 0)
        {
            var shared = definitions.FirstOrDefault(d =>
                d.Settings.Get("match") is NetplanMap match && match.Get("name") is { } pattern && pattern.Text != name
            );
            if (
                shared is not null
                && Planning.Host.Interfaces.Any(i => i.Name != name && _editor.Read().Of(i.Name).Any(d => d.Id == shared.Id))
            )
                throw NotSupported(
                    $"{shared.Place:unquoted} configures {name} together with other interfaces. Give it a definition of its own."
                );
            return definitions[0].Id;
        }

        if (Planning.Host.FindInterface(name)?.Kind is not InterfaceKind.Physical)
            throw NotSupported($"netplan does not know {name}. Define it in a file of /etc/netplan first.");
        _editor.Change($"let netplan know {name}", network => network.Map("ethernets").Map(name));
        return name;
    }

    private static bool Names(NetplanDefinition definition, string id) =>
        Ports(definition).Contains(id, StringComparer.Ordinal) || definition.Settings.Get("link")?.Text == id;

    private static IEnumerable<string> Ports(NetplanDefinition definition) =>
        (definition.Settings.Get("interfaces") as NetplanList)?.Items.Select(i => i.Text).OfType<string>() ?? [];

    private static IEnumerable<NetplanNode> Vias(NetplanDefinition definition) =>
        ((definition.Settings.Get("routes") as NetplanList)?.Items ?? [])
            .OfType<NetplanMap>()
            .Select(r => r.Get("via"))
            .Append(definition.Settings.Get("gateway4"))
            .Append(definition.Settings.Get("gateway6"))
            .OfType<NetplanNode>();

    private static IEnumerable<InterfaceAddress> Addresses(NetplanDefinition definition) =>
        ((definition.Settings.Get("addresses") as NetplanList)?.Items ?? []).Select(AddressOf).OfType<InterfaceAddress>();

    // What is said of the address stays.
    private static NetplanNode Exchange(NetplanNode item, InterfaceAddress instead)
    {
        if (item is not NetplanMap { Entries: [var only, ..] } map)
            return new NetplanScalar(instead.ToString());
        map.Entries[0] = new(instead.ToString(), only.Value);
        return map;
    }

    // An address with options is a mapping with the address as its key.
    private static InterfaceAddress? AddressOf(NetplanNode item) =>
        InterfaceAddress.TryParse(item is NetplanMap { Entries: [var only, ..] } ? only.Key : item.Text, out var address) ? address : null;
}
