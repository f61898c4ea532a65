using System.Net;
using XenVlan.Hosts;
using XenVlan.Model;

namespace XenVlan.Paths;

/// <summary>Where a path ends: an address, a host, or an interface of a host; at least one of them.</summary>
public sealed record PathEnd
{
    /// <summary>The host; null when only an address is known.</summary>
    public HostTarget? Host { get; init; }

    /// <summary>The interface; null for the host's interface on the VLAN of the source.</summary>
    public InterfaceName? Interface { get; init; }

    /// <summary>The address to probe; null for the interface's own, in the source's network where it has one there.</summary>
    public IPAddress? Address { get; init; }

    /// <summary>Reads an end.</summary>
    /// <param name="text">An IPv4 or IPv6 address, <c>host</c> or <c>host/interface</c>.</param>
    /// <returns>The end.</returns>
    /// <exception cref="XenVlanException"><see cref="ErrorIds.InvalidValue"/>: none of these.</exception>
    public static PathEnd Parse(string text)
    {
        if (InterfaceAddress.TryParseAddress(text, out var address))
            return new PathEnd { Address = address };
        var slash = text?.LastIndexOf('/') ?? -1;
        return slash < 0
            ? new PathEnd { Host = HostTarget.Parse(text!) }
            : new PathEnd { Host = HostTarget.Parse(text![..slash]), Interface = new InterfaceName(text[(slash + 1)..]) };
    }
}
