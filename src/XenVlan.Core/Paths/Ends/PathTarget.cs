using System.Globalization;
using System.Net;
using XenVlan.Hosts;
using XenVlan.Model;

namespace XenVlan.Paths.Ends;

/// <summary>Where a path ends: an address, a host, an interface of a host, or a NIC of a domain; at least one of them.</summary>
public sealed record PathTarget
{
    /// <summary>The host; null when only an address is known.</summary>
    public HostTarget? Host { get; init; }

    /// <summary>The interface; null for the host's interface on the VLAN of the source.</summary>
    public InterfaceName? Interface { get; init; }

    /// <summary>The NIC of a domain that runs on the host; null where the end is the host's own.</summary>
    public DomainNicName? Nic { get; init; }

    /// <summary>
    /// The address to probe; null for the interface's own, in the source's network where it has one there. A domain's NIC
    /// without one is stood in for.
    /// </summary>
    public IPAddress? Address { get; init; }

    /// <summary>Reads an end.</summary>
    /// <param name="text">
    /// An IPv4 or IPv6 address; <c>host</c>; <c>host/interface</c>; or <c>host/domain:index</c>, the NIC of a domain. No
    /// interface has a colon in its name.
    /// </param>
    /// <returns>The end.</returns>
    /// <exception cref="XenVlanException"><see cref="ErrorIds.InvalidValue"/>: none of these.</exception>
    public static PathTarget Parse(string text)
    {
        if (InterfaceAddress.TryParseAddress(text, out var address))
            return new PathTarget { Address = address };
        var slash = text?.IndexOf('/', StringComparison.Ordinal) ?? -1;
        return slash < 0
            ? new PathTarget { Host = HostTarget.Parse(text!) }
            : ParsePlace(text![(slash + 1)..]) with
            {
                Host = HostTarget.Parse(text[..slash]),
            };
    }

    /// <summary>Reads a place of a host that is named elsewhere.</summary>
    /// <param name="text"><c>interface</c> or <c>domain:index</c>.</param>
    /// <returns>The end, without a host.</returns>
    /// <exception cref="XenVlanException"><see cref="ErrorIds.InvalidValue"/>: neither.</exception>
    public static PathTarget ParsePlace(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var colon = text.LastIndexOf(':');
        if (colon < 0)
            return new PathTarget { Interface = new InterfaceName(text) };
        return
            colon > 0
            && int.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var index)
            && text.AsSpan().IndexOfAny('\n', '\0') < 0
            ? new PathTarget { Nic = new DomainNicName(text[..colon], index) }
            : throw Errors.Of(
                ErrorIds.InvalidValue,
                $"{text} is not valid: a domain's NIC is written as domain:index, such as ftp:0.",
                text
            );
    }
}
