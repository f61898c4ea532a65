using XenVlan.Cli.Output;
using XenVlan.Discovery;
using XenVlan.Model;

namespace XenVlan.Cli.Reports;

/// <summary>Prints what is on hosts.</summary>
internal static class SnapshotText
{
    /// <summary>Prints hosts.</summary>
    /// <param name="screen">Where to.</param>
    /// <param name="what"><c>hosts</c>, <c>bridges</c>, <c>nics</c> or <c>vlans</c>; anything else is all of it.</param>
    /// <param name="snapshots">Their snapshots.</param>
    public static void Write(Screen screen, string what, IReadOnlyList<HostSnapshot> snapshots)
    {
        switch (what)
        {
            case "hosts":
                Hosts(screen, snapshots);
                break;
            case "bridges":
                Bridges(screen, snapshots);
                break;
            case "nics":
                Nics(screen, snapshots);
                break;
            case "vlans":
                Vlans(screen, snapshots);
                break;
            default:
                screen.Line("Hosts", Styles.Heading);
                Hosts(screen, snapshots);
                screen.Line();
                screen.Line("Bridges", Styles.Heading);
                Bridges(screen, snapshots);
                screen.Line();
                screen.Line("NICs of domains", Styles.Heading);
                Nics(screen, snapshots);
                screen.Line();
                screen.Line("VLAN interfaces", Styles.Heading);
                Vlans(screen, snapshots);
                break;
        }
    }

    private static void Hosts(Screen screen, IReadOnlyList<HostSnapshot> snapshots)
    {
        var hosts = snapshots.Select(SnapshotViews.Host).ToList();
        screen.Write(HostTable.Of(hosts));
        foreach (var host in hosts)
        {
            foreach (var omission in host.NotSeen)
                screen.Line($"{host.HostName} did not show {omission}", Styles.Warning);
        }
    }

    private static void Bridges(Screen screen, IReadOnlyList<HostSnapshot> snapshots)
    {
        var bridges = snapshots.SelectMany(SnapshotViews.Bridges).ToList();
        if (bridges.Count == 0)
        {
            screen.Line("There are none.");
            return;
        }

        screen.Write(BridgeTable.Of(bridges));
        screen.Line();
        screen.Write(BridgePortTable.Of(bridges));
        foreach (var bridge in bridges)
        {
            foreach (var port in bridge.Ports.Where(p => p.Bond is not null))
                screen.Line(
                    $"{bridge.HostName}/{port.Name} is on a bond: {port.Bond}",
                    port.Bond!.HasLacpPartner is false ? Styles.Warning : Styles.Plain
                );
        }
    }

    private static void Nics(Screen screen, IReadOnlyList<HostSnapshot> snapshots)
    {
        var nics = snapshots.SelectMany(SnapshotViews.DomainNics).ToList();
        if (nics.Count == 0)
            screen.Line("There are none.");
        else
            screen.Write(DomainNicTable.Of(nics));
    }

    private static void Vlans(Screen screen, IReadOnlyList<HostSnapshot> snapshots)
    {
        var vlans = snapshots.SelectMany(SnapshotViews.VlanInterfaces).ToList();
        if (vlans.Count == 0)
            screen.Line("There are none.");
        else
            screen.Write(VlanInterfaceTable.Of(vlans));
    }
}
