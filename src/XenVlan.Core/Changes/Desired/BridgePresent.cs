using XenVlan.Model;

namespace XenVlan.Changes.Desired;

/// <summary>A bridge of the Linux kernel is there and set up.</summary>
/// <param name="Name">Its name.</param>
public sealed record BridgePresent(InterfaceName Name) : HostChange
{
    /// <inheritdoc/>
    internal override void Plan(PlanBuilder planning)
    {
        var name = Name.Value;
        if (planning.Host.FindInterface(name) is { } existing)
        {
            if (existing.Bridge is null)
                throw planning.Host.Error(
                    ErrorIds.Conflict,
                    $"Host {planning.Host.HostName} has an interface {name} already, and it is no Linux bridge but "
                        + $"a {existing.Kind} interface."
                );
        }
        else
        {
            planning.Add($"create bridge {name}", planning.Links.AddBridge(name), planning.Links.DeleteBridge(name), link: name);
            planning.Put(
                new NetworkInterface
                {
                    Name = name,
                    Kind = InterfaceKind.Bridge,
                    Mtu = 1500,
                    Bridge = new BridgeDetails { DefaultPvid = new VlanId(1) },
                    PortVlans = PortVlans.Access(new VlanId(1)),
                }
            );
        }

        new LinkIsUp(Name).Plan(planning);
    }
}
