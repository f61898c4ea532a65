using System.Diagnostics;
using XenVlan.Changes.Desired;
using XenVlan.Model;

namespace XenVlan.Changes.Persistence.Domains;

/// <summary>What is to last of one NIC of a domain; null leaves a thing as it is.</summary>
internal sealed record DesiredNic(VifIdentity Vif)
{
    /// <summary>Its bridge.</summary>
    public InterfaceName? Bridge { get; init; }

    /// <summary>Its VLANs on a bridge that filters them.</summary>
    public PortVlans? Vlans { get; init; }

    /// <summary>Its MTU in bytes.</summary>
    public int? Mtu { get; init; }

    /// <summary>Whether transmit checksums are left out.</summary>
    public bool? TransmitChecksum { get; init; }

    /// <summary>Gathers what a plan wants of NICs. A vif and the tap device of the same NIC are one.</summary>
    /// <returns>One for each NIC, in the order in which they are first changed.</returns>
    public static IReadOnlyList<DesiredNic> Of(ChangePlan plan)
    {
        var all = new List<DesiredNic>();
        foreach (var change in plan.Changes)
        {
            var (name, add) = Read(change);
            if (name is null || plan.After.FindInterface(name.Value) is not { Vif: { } vif } link)
                continue;

            var at = all.FindIndex(w => w.Vif == vif);
            if (at < 0)
            {
                at = all.Count;
                all.Add(new DesiredNic(vif));
            }

            all[at] = add(all[at], link);
        }

        return all;
    }

    private static (InterfaceName? Name, Func<DesiredNic, NetworkInterface, DesiredNic> Add) Read(HostChange change) =>
        change switch
        {
            BridgePortPresent port => (port.Port, (desired, _) => desired with { Bridge = port.Bridge }),
            PortVlansAre vlans => (vlans.Name, (desired, _) => desired with { Vlans = vlans.Vlans }),
            TaggedVlansAre tagged => (tagged.Name, (desired, link) => desired with { Vlans = link.PortVlans }),
            MtuIs mtu => (mtu.Name, (desired, _) => desired with { Mtu = mtu.Mtu }),
            TransmitChecksumIs checksum => (checksum.Name, (desired, _) => desired with { TransmitChecksum = checksum.On }),
            VlanInterfacePresent
            or VlanInterfaceSettings
            or VlanInterfaceAbsent
            or BridgePresent
            or BridgeFilteringIs
            or AddressPresent
            or AddressAbsent
            or LinkIsUp
            or UplinksPass => (null, (desired, _) => desired),
            _ => throw new UnreachableException($"Nothing says whether {change.GetType().Name} is about a domain's NIC."),
        };
}
