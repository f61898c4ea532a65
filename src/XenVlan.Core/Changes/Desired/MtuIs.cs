using XenVlan.Model;

namespace XenVlan.Changes.Desired;

/// <summary>An interface has an MTU.</summary>
/// <param name="Name">The interface.</param>
/// <param name="Mtu">The MTU in bytes, 68 (the least IPv4 allows, RFC 791) to 65535.</param>
public sealed record MtuIs(InterfaceName Name, int Mtu) : HostChange
{
    /// <summary>The smallest MTU, in bytes.</summary>
    public const int Minimum = 68;

    /// <summary>The largest MTU, in bytes.</summary>
    public const int Maximum = 65535;

    /// <summary>Checks an MTU a user gave.</summary>
    /// <param name="mtu">In bytes.</param>
    /// <returns>The same.</returns>
    /// <exception cref="XenVlanException"><see cref="ErrorIds.InvalidValue"/>: outside 68 to 65535.</exception>
    public static int Check(int mtu) =>
        mtu is >= Minimum and <= Maximum
            ? mtu
            : throw Errors.Of(ErrorIds.InvalidValue, $"MTU {mtu} is not valid: it is a number of bytes from {Minimum} to {Maximum}.");

    /// <inheritdoc/>
    internal override void Plan(PlanBuilder planning)
    {
        var link = planning.Get(Name);
        _ = Check(Mtu);
        if (link.Mtu == Mtu)
        {
            planning.Ask(link.Name);
            return;
        }

        if (link.Vlan is { } vlan && planning.Host.FindInterface(vlan.Parent) is { } parent && parent.Mtu < Mtu)
        {
            throw planning.Host.Error(
                ErrorIds.InvalidValue,
                $"{link.Name} cannot have an MTU of {Mtu}: its parent {parent.Name} has {parent.Mtu}, and the kernel allows a VLAN "
                    + $"interface no more. Raise the parent's first."
            );
        }

        planning.Add(
            $"set the MTU of {link.Name} to {Mtu} (it is {link.Mtu})",
            planning.Links.SetMtu(link.Name, Mtu),
            planning.Links.SetMtu(link.Name, link.Mtu),
            MtuEffects.OfMtu(planning.Host, link.Name, Mtu),
            link: link.Name
        );
        planning.Ask(link.Name);
    }
}
