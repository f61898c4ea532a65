using XenVlan.Model;
using XenVlan.Paths.Forwarding;
using XenVlan.Paths.Probing;

namespace XenVlan.Paths.Diagnosis;

/// <summary>Finds two machines with one address.</summary>
internal static class DuplicateAddressDiagnosis
{
    // What Xen gives every vif in domain 0 (netback's xenvif_alloc in the kernel's drivers/net/xen-netback/interface.c).
    private static readonly MacAddress VifMac = MacAddress.Parse("fe:ff:ff:ff:ff:ff");

    /// <summary>Two machines that answer for the target's address.</summary>
    /// <returns>The finding; null where one machine answers, or none.</returns>
    public static PathDiagnosis? Answering(PathUnderTest path, ProbeReport report)
    {
        var macs = report.Answering.Distinct().ToList();
        if (macs.Count < 2)
            return null;
        var holders = macs.ToDictionary(m => m, m => Holder(path, m));
        var other = holders.FirstOrDefault(h => !IsTarget(path, h.Value));
        return Address(
            path,
            string.Join(" and ", holders.Select(h => h.Value is { } place ? $"{h.Key} of {place}" : h.Key.ToString())),
            other.Value,
            other.Key
        );
    }

    /// <summary>Another host that has the target's address where the source's frames arrive.</summary>
    /// <returns>The finding; null where nobody else that was read has it.</returns>
    public static PathDiagnosis? Held(PathUnderTest path)
    {
        if (path.Target is null || path.Source.IsBehind)
            return null;
        var other = FrameFlood
            .From(path.Network, path.Source)
            .Where(a => !a.End.IsBehind)
            .Select(a => a.End.Point)
            .FirstOrDefault(p => !IsOn(p, path.Target.Point) && p.Interface.Addresses.Any(a => a.Address.Equals(path.Address)));
        return other is null ? null : Address(path, $"{path.Target} and {other}", other, other.Interface.Mac);
    }

    /// <summary>Another interface with the Ethernet address of one of the ends.</summary>
    /// <returns>The finding; null where nothing that was read has it too.</returns>
    public static PathDiagnosis? OfMac(PathUnderTest path)
    {
        foreach (var end in new[] { path.Target, path.Source })
        {
            if (end?.Point is not { Interface.Mac: { } mac } point || mac == VifMac)
                continue;
            var twin = path
                .Network.Hosts.Where(h => !IsSameMachine(h, point.Host))
                .SelectMany(h => h.Interfaces.Where(i => i.Mac == mac && i.Vif is null).Select(i => new InterfaceRef(h, i)))
                .FirstOrDefault();
            if (twin is not null)
                return Mac(mac, Below(point), Below(twin));

            var vifs = path
                .Network.Hosts.SelectMany(h => h.Vifs.Where(v => v.Mac == mac).Select(v => (Host: h, Vif: v)))
                .DistinctBy(v => (v.Host.NodeName, v.Vif.DomainId, v.Vif.Index))
                .ToList();
            if (vifs.Count > 1)
                return Mac(mac, Backend(vifs[0].Host, vifs[0].Vif), Backend(vifs[1].Host, vifs[1].Vif));
        }

        return null;
    }

    private static PathDiagnosis Address(PathUnderTest path, string both, InterfaceRef? other, MacAddress? mac)
    {
        var own = other?.Interface.Addresses.FirstOrDefault(a => a.Address.Equals(path.Address));
        return new PathDiagnosis(
            PathReason.DuplicateAddress,
            other?.ToString() ?? mac?.ToString(),
            $"Two machines have the address {path.Address}: {both}. Which one is reached is chance.",
            other is not null && own is not null
                ? PathFix.On(other.Host.HostName, Hosts.ShellCommand.Of("ip", "address", "delete", own, "dev", other.Interface.Name))
                : Message.Of($"Find the machine whose Ethernet address is {mac}, and give it another address.")
        );
    }

    // The target comes last of the two in words, for it is the one that was asked about.
    private static PathDiagnosis Mac(MacAddress mac, string end, string twin) =>
        new(
            PathReason.DuplicateMac,
            end,
            $"{end} and {twin} have the same Ethernet address {mac}. Bridges and switches send what is for one to the other.",
            $"Give one of them an Ethernet address of its own: for a domain's NIC 'mac=' in its configuration, from 00:16:3e on, or "
                + $"none, so that Xen makes one up."
        );

    private static string Backend(HostSnapshot host, VifRecord vif)
    {
        var link = host.Interfaces.FirstOrDefault(i => i.Vif is { } v && v.DomainId == vif.DomainId && v.Index == vif.Index);
        return link is null
            ? $"a NIC of {host.FindDomain(vif.DomainId)?.Name ?? "a domain"} on {host.HostName}"
            : $"{host.HostName}/{link.Name}";
    }

    // A VLAN interface has its parent's address unless it is given one.
    private static string Below(InterfaceRef point)
    {
        while (point.Interface.Vlan is { } vlan && point.Host.FindInterface(vlan.Parent) is { } parent && parent.Mac == point.Interface.Mac)
            point = point with { Interface = parent };
        return point.ToString();
    }

    // Two names of a host may have been read, as a and as a-openssh.
    private static bool IsSameMachine(HostSnapshot one, HostSnapshot other) =>
        one.HostName == other.HostName || (one.NodeName == other.NodeName && Macs(one).SetEquals(Macs(other)));

    private static HashSet<MacAddress?> Macs(HostSnapshot host) =>
        [.. host.Interfaces.Where(i => i.Kind is InterfaceKind.Physical).Select(i => i.Mac)];

    private static InterfaceRef? Holder(PathUnderTest path, MacAddress mac)
    {
        var points = path
            .Network.Hosts.SelectMany(h => h.Interfaces.Where(i => i.Mac == mac && i.Vif is null).Select(i => new InterfaceRef(h, i)))
            .ToList();
        return points.Find(p => p.Interface.Addresses.Any(a => a.Address.Equals(path.Address))) ?? points.FirstOrDefault();
    }

    private static bool IsTarget(PathUnderTest path, InterfaceRef? point) =>
        point is not null && path.Target is { } target && IsOn(point, target.Point);

    private static bool IsOn(InterfaceRef one, InterfaceRef other) => one.Host.HostName == other.Host.HostName;
}
