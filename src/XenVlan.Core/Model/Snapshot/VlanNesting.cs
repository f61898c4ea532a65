namespace XenVlan.Model;

/// <summary>How VLAN interfaces stand on each other.</summary>
internal static class VlanNesting
{
    // The kernel allows 8 (MAX_NEST_DEV of linux/netdevice.h).
    private const int Deepest = 16;

    /// <summary>What is at the bottom of VLAN interfaces.</summary>
    /// <param name="host">The host.</param>
    /// <param name="link">One of them, or another interface.</param>
    /// <returns>The last that the host has; the interface itself where it is no VLAN interface.</returns>
    public static NetworkInterface BottomOf(HostSnapshot host, NetworkInterface link)
    {
        while (link.Vlan is { Parent: var parent } && host.FindInterface(parent) is { } below)
            link = below;
        return link;
    }

    /// <summary>The VLAN interfaces that no kernel has: whose parents lead back to them, or are too many.</summary>
    public static IEnumerable<NetworkInterface> Endless(IReadOnlyList<NetworkInterface> interfaces)
    {
        var vlans = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var link in interfaces)
        {
            if (link.Vlan is { } vlan)
                vlans[link.Name] = vlan.Parent;
        }

        foreach (var link in interfaces.Where(i => i.Vlan is not null))
        {
            var depth = 0;
            for (var name = link.Name; depth <= Deepest && vlans.TryGetValue(name, out var parent); name = parent)
                depth++;
            if (depth > Deepest)
                yield return link;
        }
    }
}
