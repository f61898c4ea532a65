using XenVlan.Model;

namespace XenVlan.Changes.Desired;

/// <summary>A VLAN subinterface is there, set up, with at least these addresses.</summary>
public sealed record VlanInterfacePresent : HostChange
{
    /// <summary>The interface whose tagged frames it takes.</summary>
    public required InterfaceName Parent { get; init; }

    /// <summary>Its VLAN.</summary>
    public required VlanId VlanId { get; init; }

    /// <summary>Its name; null for the parent's name, a dot and the VLAN.</summary>
    public InterfaceName? Name { get; init; }

    /// <summary>Its tag.</summary>
    public VlanProtocol Protocol { get; init; }

    /// <summary>Its MTU in bytes, 68 to 65535; null leaves it as it is, a new one at its parent's.</summary>
    public int? Mtu { get; init; }

    /// <summary>The addresses it has at least.</summary>
    public IReadOnlyList<InterfaceAddress> Addresses { get; init; } = [];

    /// <summary>The name it has or gets.</summary>
    /// <exception cref="XenVlanException"><see cref="ErrorIds.InvalidValue"/>: the name made of parent and VLAN is too long.</exception>
    public InterfaceName EffectiveName
    {
        get
        {
            if (Name is not null)
                return Name;
            var made = $"{Parent}.{VlanId}";
            return InterfaceName.TryParse(made, out var name)
                ? name
                : throw Errors.Of(
                    ErrorIds.InvalidValue,
                    $"The name {made} is longer than the {InterfaceName.MaximumBytes} bytes the kernel allows. Give "
                        + $"the interface a name of its own."
                );
        }
    }

    /// <inheritdoc/>
    internal override void Plan(PlanBuilder planning)
    {
        var name = EffectiveName.Value;
        var parent = planning.Get(Parent);
        CheckIsFree(planning.Host, name, parent);
        Warn(planning, parent);

        if (planning.Host.FindInterface(name) is null)
        {
            planning.Add(
                $"create {name}: VLAN {VlanId} of {parent.Name}{(Protocol is VlanProtocol.Dot1AD ? ", 802.1ad" : "")}",
                planning.Links.AddVlan(name, parent.Name, VlanId, Protocol),
                planning.Links.DeleteVlan(name),
                link: name
            );
            planning.Put(
                new NetworkInterface
                {
                    Name = name,
                    Kind = InterfaceKind.Vlan,
                    Mac = parent.Mac,
                    Mtu = parent.Mtu,
                    Vlan = new VlanDetails(parent.Name, VlanId, Protocol),
                }
            );
        }

        // Tagged frames that the bridge does not let up to domain 0 would never reach the interface.
        if (parent.Bridge is { VlanFiltering: true } && parent.PortVlans is { } own && !own.Allowed.Contains(VlanId))
            new PortVlansAre(Parent, new PortVlans(own.Allowed.Union(VlanSet.Of(VlanId)), own.Untagged, own.Pvid)).Plan(planning);

        if (Addresses.Count > 0)
            CheckHears(planning.Host, planning.Get(EffectiveName));
        if (Mtu is { } mtu)
            new MtuIs(EffectiveName, mtu).Plan(planning);
        foreach (var address in Addresses)
            new AddressPresent(EffectiveName, address).Plan(planning);
        new LinkIsUp(EffectiveName).Plan(planning);
    }

    /// <summary>Checks that an address on an interface would hear something.</summary>
    /// <exception cref="XenVlanException"><see cref="ErrorIds.Conflict"/>: it is a bridge's port.</exception>
    internal static void CheckHears(HostSnapshot host, NetworkInterface link)
    {
        if (link is { Port: not null, Master: { } bridge })
            throw host.Error(
                ErrorIds.Conflict,
                $"{link.Name} of host {host.HostName} is a port of bridge {bridge}, so an address on it would hear "
                    + $"nothing. Give the address to {bridge}."
            );
    }

    private void CheckIsFree(HostSnapshot host, string name, NetworkInterface parent)
    {
        if (
            host.FindInterface(name) is { } existing
            && (existing.Vlan is not { } vlan || vlan.Parent != parent.Name || vlan.Id != VlanId || vlan.Protocol != Protocol)
        )
        {
            var what = existing.Vlan is { } other
                ? Message.Of($"VLAN {other.Id} of {other.Parent}")
                : Message.Of($"a {existing.Kind} interface");
            throw host.Error(
                ErrorIds.Conflict,
                $"Host {host.HostName} has an interface {name} already, and it is {what}, not VLAN {VlanId} of "
                    + $"{parent.Name}. Choose another name, or remove it first."
            );
        }

        var twin = host.Interfaces.FirstOrDefault(i =>
            i.Vlan is { } vlan && vlan.Parent == parent.Name && vlan.Id == VlanId && vlan.Protocol == Protocol && i.Name != name
        );
        if (twin is not null)
            throw host.Error(
                ErrorIds.Conflict,
                $"Host {host.HostName} has VLAN {VlanId} of {parent.Name} already, under the name {twin.Name}; the "
                    + $"kernel allows one. Use that one, or remove it first."
            );
    }

    private void Warn(PlanBuilder planning, NetworkInterface parent)
    {
        if (parent.Port is not null && planning.Host.FindInterface(parent.Master) is { Bridge: not null } bridge)
            planning.Note(
                $"{parent.Name} is a port of bridge {bridge.Name}: a VLAN interface on it takes the frames of VLAN {VlanId} before the "
                    + $"bridge sees them, so domains on {bridge.Name} lose that VLAN. Make it on {bridge.Name} instead, unless that is "
                    + $"what you want."
            );

        if (parent.Bridge is not null)
            planning.LetOut(parent.Name, VlanSet.Of(VlanId));
    }
}
