using System.Diagnostics;
using XenVlan.Changes.Desired;
using XenVlan.Model;

namespace XenVlan.Changes.Persistence.Common;

/// <summary>What is to last of a plan, an interface at a time. The NICs of domains are not in it.</summary>
internal sealed class DesiredNetwork
{
    private readonly ChangePlan _plan;
    private readonly Dictionary<string, DesiredInterface> _present = new(StringComparer.Ordinal);
    private readonly List<string> _absent = [];

    private DesiredNetwork(ChangePlan plan) => _plan = plan;

    /// <summary>The VLAN interfaces that are to be gone, before the others are made.</summary>
    public IReadOnlyList<string> Absent => _absent;

    /// <summary>The interfaces, each after those it is made of: a VLAN interface after its parent, a bridge after its ports.</summary>
    public IReadOnlyList<DesiredInterface> Present { get; private set; } = [];

    /// <summary>Takes a plan's changes together.</summary>
    /// <returns>What is to last.</returns>
    public static DesiredNetwork Of(ChangePlan plan)
    {
        var wanted = new DesiredNetwork(plan);
        foreach (var change in plan.Changes)
            wanted.Add(change);
        wanted.Present = wanted.InOrder();
        return wanted;
    }

    private void Add(HostChange change)
    {
        switch (change)
        {
            case VlanInterfacePresent vlan:
                AddVlan(vlan);
                break;
            case VlanInterfaceSettings settings:
                AddSettings(settings);
                break;
            case VlanInterfaceAbsent absent:
                _ = _present.Remove(absent.Name.Value);
                if (!_absent.Contains(absent.Name.Value, StringComparer.Ordinal))
                    _absent.Add(absent.Name.Value);
                break;
            case BridgePresent bridge:
                Put(bridge.Name, w => w with { IsBridge = true });
                break;
            case BridgePortPresent port when !ServesDomain(port.Port.Value):
                Put(port.Port, w => w with { Bridge = port.Bridge.Value });
                Put(port.Bridge, w => w with { Ports = [.. w.Ports.Union([port.Port.Value], StringComparer.Ordinal)] });
                break;
            case BridgeFilteringIs filtering:
                Put(filtering.Name, w => w with { VlanFiltering = filtering.On });
                break;
            case PortVlansAre vlans:
                AddVlans(vlans.Name);
                break;
            case TaggedVlansAre vlans:
                AddVlans(vlans.Name);
                break;
            case MtuIs mtu when !ServesDomain(mtu.Name.Value):
                Put(mtu.Name, w => w with { Mtu = mtu.Mtu });
                break;
            case AddressPresent address when !ServesDomain(address.Name.Value):
                Put(
                    address.Name,
                    w =>
                        w with
                        {
                            Addresses = [.. w.Addresses.Union([address.Address])],
                            AddressesGone = [.. w.AddressesGone.Where(a => a != address.Address)],
                        }
                );
                break;
            case AddressAbsent address when !ServesDomain(address.Name.Value):
                Put(
                    address.Name,
                    w =>
                        w with
                        {
                            Addresses = [.. w.Addresses.Where(a => a != address.Address)],
                            AddressesGone = [.. w.AddressesGone.Union([address.Address])],
                        }
                );
                break;
            case BridgePortPresent or MtuIs or AddressPresent or AddressAbsent or TransmitChecksumIs:
                // A domain's NIC is made to last by the domain's file (DesiredNic).
                break;
            case LinkIsUp or UplinksPass:
                // Whatever comes back at boot is set up then; and what uplinks pass is only looked at.
                break;
            default:
                throw new UnreachableException($"Nothing says how {change.GetType().Name} is made to last.");
        }
    }

    private void AddVlan(VlanInterfacePresent vlan)
    {
        Put(
            vlan.EffectiveName,
            w =>
                w with
                {
                    Vlan = new VlanDetails(vlan.Parent.Value, vlan.VlanId, vlan.Protocol),
                    Mtu = vlan.Mtu ?? w.Mtu,
                    Addresses = [.. w.Addresses.Union(vlan.Addresses)],
                }
        );

        // The plan lets the VLAN up to the parent where that is a bridge that filters.
        if (_plan.After.FindInterface(vlan.Parent.Value) is { Bridge.VlanFiltering: true, PortVlans: { } vlans })
            Put(vlan.Parent, w => w with { Vlans = vlans, VlansUp = w.VlansUp.Union(VlanSet.Of(vlan.VlanId)) });
    }

    // What is set lasts, and with it the interface.
    private void AddSettings(VlanInterfaceSettings settings)
    {
        var link = _plan.Before.FindInterface(settings.Name.Value);
        Put(
            settings.Name,
            w =>
                w with
                {
                    Vlan = w.Vlan ?? (link?.Vlan is { Id: not null } vlan ? vlan : null),
                    Mtu = settings.Mtu ?? w.Mtu,
                    Addresses = settings.Addresses ?? w.Addresses,
                    AddressesAreAll = w.AddressesAreAll || settings.Addresses is not null,
                    AddressesGone = [.. w.AddressesGone.Union(link is null ? [] : settings.Unwanted(link))],
                }
        );
    }

    private void AddVlans(InterfaceName name)
    {
        if (!ServesDomain(name.Value) && _plan.After.FindInterface(name.Value)?.PortVlans is { } vlans)
            Put(name, w => w with { Vlans = vlans, VlansAreAsked = true });
    }

    private void Put(InterfaceName name, Func<DesiredInterface, DesiredInterface> change)
    {
        var now =
            _present.GetValueOrDefault(name.Value)
            ?? new DesiredInterface(name.Value) { Master = _plan.After.FindInterface(name.Value)?.Master };
        _present[name.Value] = change(now);
    }

    private bool ServesDomain(string name) =>
        (_plan.After.FindInterface(name) ?? _plan.Before.FindInterface(name)) is { } link
        && (link.Vif is not null || link.Kind is InterfaceKind.Vif);

    private List<DesiredInterface> InOrder()
    {
        var ordered = new List<DesiredInterface>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var name in _present.Keys)
            Visit(name);
        return ordered;

        void Visit(string? name)
        {
            if (name is null || !_present.TryGetValue(name, out var wanted) || !seen.Add(name))
                return;
            Visit(wanted.Vlan?.Parent);
            foreach (var port in wanted.Ports)
                Visit(port);
            ordered.Add(wanted);
        }
    }
}
