namespace XenVlan.Model.Json;

/// <summary>
/// Looks for nulls where the types promise none: a file can say <c>null</c> for anything, and the serialiser of .NET 8
/// believes it.
/// </summary>
internal static class SnapshotCheck
{
    /// <summary>The first such null.</summary>
    /// <param name="snapshot">A snapshot that was read from a file.</param>
    /// <returns>The property's name; null where all is well.</returns>
    public static string? FirstNull(HostSnapshot snapshot) =>
        FirstNull(
            ("hostName", snapshot.HostName),
            ("nodeName", snapshot.NodeName),
            ("kernel", snapshot.Kernel),
            ("networkManagers", snapshot.NetworkManagers),
            ("programs", snapshot.Programs),
            ("interfaces", snapshot.Interfaces),
            ("domains", snapshot.Domains),
            ("vifs", snapshot.Vifs),
            ("openVSwitchBridges", snapshot.OpenVSwitchBridges),
            ("packetFilters", snapshot.PacketFilters),
            ("neighbors", snapshot.Neighbors),
            ("notSeen", snapshot.NotSeen)
        )
        ?? Each("programs", snapshot.Programs, static _ => null)
        ?? Each("interfaces", snapshot.Interfaces, Interface)
        ?? Each("domains", snapshot.Domains, static d => FirstNull(("name", d.Name)))
        ?? Each("vifs", snapshot.Vifs, static _ => null)
        ?? Each("openVSwitchBridges", snapshot.OpenVSwitchBridges, Bridge)
        ?? Each("packetFilters", snapshot.PacketFilters, Chain)
        ?? Each(
            "neighbors",
            snapshot.Neighbors,
            static n => FirstNull(("interface", n.Interface), ("chassisId", n.ChassisId), ("vlans", n.Vlans))
        )
        ?? Each("notSeen", snapshot.NotSeen, static o => FirstNull(("what", o.What), ("why", o.Why)));

    private static string? Interface(NetworkInterface entry) =>
        FirstNull(("name", entry.Name), ("addresses", entry.Addresses))
        ?? Each("addresses", entry.Addresses, static _ => null)
        ?? (entry.PortVlans is { } vlans ? FirstNull(("portVlans.allowed", vlans.Allowed), ("portVlans.untagged", vlans.Untagged)) : null)
        ?? (entry.Vlan is { } vlan ? FirstNull(("vlan.parent", vlan.Parent)) : null)
        ?? (
            entry.Bond is { } bond
                ? FirstNull(("bond.mode", bond.Mode), ("bond.slaves", bond.Slaves)) ?? Each("bond.slaves", bond.Slaves, static _ => null)
                : null
        )
        ?? (
            entry.Bridge?.Snooping is { } snooping
                ? Each("bridge.snooping.routerPorts", snooping.RouterPorts ?? [], static _ => null)
                    ?? Each("bridge.snooping.members", snooping.Members ?? [], static m => FirstNull(("port", m.Port), ("group", m.Group)))
                : null
        );

    private static string? Chain(PacketFilterChain chain) =>
        FirstNull(
            ("program", chain.Program),
            ("family", chain.Family),
            ("table", chain.Table),
            ("name", chain.Name),
            ("devices", chain.Devices),
            ("rules", chain.Rules)
        )
        ?? Each("devices", chain.Devices, static _ => null)
        ?? Each("rules", chain.Rules, Rule);

    private static string? Rule(PacketFilterRule rule) =>
        FirstNull(
            ("program", rule.Program),
            ("family", rule.Family),
            ("table", rule.Table),
            ("chain", rule.Chain),
            ("text", rule.Text),
            ("matches", rule.Matches)
        ) ?? Each("matches", rule.Matches, static m => FirstNull(("values", m.Values)) ?? Each("values", m.Values, static _ => null));

    private static string? Bridge(OpenVSwitchBridge bridge) =>
        FirstNull(("name", bridge.Name), ("ports", bridge.Ports)) ?? Each("ports", bridge.Ports, Port);

    private static string? Port(OpenVSwitchPort port) =>
        FirstNull(("name", port.Name), ("interfaces", port.Interfaces), ("trunks", port.Trunks))
        ?? Each("interfaces", port.Interfaces, static _ => null);

    private static string? FirstNull(params (string Name, object? Value)[] properties)
    {
        foreach (var (name, value) in properties)
        {
            if (value is null)
                return name;
        }

        return null;
    }

    private static string? Each<T>(string name, IReadOnlyList<T> items, Func<T, string?> check)
    {
        for (var i = 0; i < items.Count; i++)
        {
            if (items[i] is null)
                return $"{name}[{i}]";
            if (check(items[i]) is { } inner)
                return $"{name}[{i}].{inner}";
        }

        return null;
    }
}
