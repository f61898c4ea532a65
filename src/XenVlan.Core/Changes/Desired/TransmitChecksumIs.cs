using XenVlan.Hosts;
using XenVlan.Model;

namespace XenVlan.Changes.Desired;

/// <summary>An interface leaves transmit checksums to hardware (or, for a vif, to nobody), or does not.</summary>
/// <param name="Name">The interface.</param>
/// <param name="On">Whether it does.</param>
public sealed record TransmitChecksumIs(InterfaceName Name, bool On) : HostChange
{
    /// <inheritdoc/>
    internal override void Plan(PlanBuilder planning)
    {
        var link = planning.Get(Name);
        if (link.Offloads?.TransmitChecksum == On)
            return;
        if (link.Offloads?.TransmitChecksum is null)
            throw planning.Host.Error(
                ErrorIds.NotSupported,
                $"The offloads of {link.Name} on host {planning.Host.HostName} could not be seen, so they are not "
                    + $"changed: the 'ethtool' program is missing there, or failed."
            );

        planning.Add(
            $"switch transmit checksum offload of {link.Name} {(On ? "on" : "off")}",
            ShellCommand.Of("ethtool", "-K", link.Name, "tx", On ? "on" : "off"),
            ShellCommand.Of("ethtool", "-K", link.Name, "tx", On ? "off" : "on")
        );
        planning.Put(link with { Offloads = link.Offloads with { TransmitChecksum = On } });
    }
}
