using System.Globalization;
using System.Net;
using System.Net.Sockets;
using XenVlan.Hosts;
using XenVlan.Model;
using XenVlan.Paths.Ends;

namespace XenVlan.Paths.Probing;

/// <summary>The stand-ins a path needs, and the addresses that are used.</summary>
/// <param name="Source">Stands in for the source; null where the source sends itself.</param>
/// <param name="Target">Stands in for the target; null where the target answers itself.</param>
/// <param name="SourceAddress">The address probes come from; null for the interface's own.</param>
/// <param name="Address">The address probes go to.</param>
internal sealed record StandIns(NicStandIn? Source, NicStandIn? Target, IPAddress? SourceAddress, IPAddress Address)
{
    /// <summary>Whether the source has an address to send anything but ARP from.</summary>
    public bool HasSourceAddress => Source is null || Source.Address is not null || Address.AddressFamily is AddressFamily.InterNetworkV6;

    /// <summary>Finds out what is needed.</summary>
    /// <param name="request">The path.</param>
    /// <param name="source">Where it begins.</param>
    /// <param name="target">Where it ends; null where only an address is known.</param>
    /// <param name="address">The address at its end; null where it has none that is known.</param>
    /// <returns>The stage. Where both ends are stood in for, they have link-local addresses (RFC 3927).</returns>
    public static StandIns For(PathRequest request, ResolvedEnd source, ResolvedEnd? target, IPAddress? address)
    {
        var needsTarget = address is null && target?.Nic is not null;
        var there = address ?? LinkLocal().Address;
        var from = request.FromAddress ?? (needsTarget && source.Nic is not null ? LinkLocal() : null);
        return new StandIns(
            source.Nic is null ? null : new NicStandIn(source.Nic, from),
            needsTarget ? new NicStandIn(target!.Nic!, InterfaceAddress.Parse($"{there}/16")) : null,
            source.Nic is null ? null : from?.Address,
            there
        );
    }

    private static InterfaceAddress LinkLocal()
    {
        // 169.254.1.0 to 169.254.254.255 are for anybody to use (RFC 3927, 2.1).
        var random = int.Parse(UniqueToken.New("").AsSpan(0, 6), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
        return InterfaceAddress.Parse(
            string.Create(CultureInfo.InvariantCulture, $"169.254.{1 + (random >> 8) % 254}.{1 + (random & 0xff) % 254}/16")
        );
    }
}
