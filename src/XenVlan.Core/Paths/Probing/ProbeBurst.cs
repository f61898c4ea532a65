using System.Net;
using XenVlan.Hosts;
using XenVlan.Model;

namespace XenVlan.Paths.Probing;

/// <summary>A burst of packets that counters are looked at for: so many, of such a size, as nobody else sends.</summary>
/// <param name="Link">The interface to send from.</param>
/// <param name="Target">
/// Where to: the target where it answers ARP; else everybody in the source's network, as ARP's question goes, since
/// nothing can be sent to an address that is not resolved.
/// </param>
/// <param name="IsBroadcast">Whether it goes to everybody.</param>
/// <param name="PacketSize">The size of each packet, in bytes.</param>
internal sealed record ProbeBurst(string Link, IPAddress Target, bool IsBroadcast, int PacketSize)
{
    private const int Size = 601;

    /// <summary>How many packets: five a second, but to everybody one, more often than which ping(8) lets only root do.</summary>
    public int Packets => IsBroadcast ? 7 : 17;

    private string Interval => IsBroadcast ? "1" : "0.2";

    /// <summary>Chooses where to send a burst.</summary>
    /// <param name="source">The interface to send from.</param>
    /// <param name="signature">What the probes were known by.</param>
    /// <param name="isAnswered">Whether they were answered.</param>
    /// <returns>The burst; null where nothing can be sent without an address of IPv4.</returns>
    public static ProbeBurst? For(NetworkInterface source, ProbeSignature signature, bool isAnswered)
    {
        var size = Math.Min(Size, source.Mtu);
        if (isAnswered)
            return new ProbeBurst(source.Name, signature.Target, IsBroadcast: false, size);
        var network = source.Addresses.FirstOrDefault(a =>
            !a.IsIPv6 && a.PrefixLength <= 30 && (signature.Source is null || a.Address.Equals(signature.Source))
        );
        return network is null ? null : new ProbeBurst(source.Name, Broadcast(network), IsBroadcast: true, size);
    }

    /// <summary>Sends the burst.</summary>
    /// <param name="connection">The host to send from.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <returns>A task that ends when it is sent.</returns>
    public async Task SendAsync(IHostConnection connection, CancellationToken cancellationToken)
    {
        var header = Target.AddressFamily is System.Net.Sockets.AddressFamily.InterNetworkV6 ? 40 : 20;
        string[] toAll = IsBroadcast ? ["-b"] : [];
        var script = ShellScript
            .ForHost()
            .Add(
                ShellCommand.Of([
                    "ping",
                    "-n",
                    "-q",
                    .. toAll,
                    "-c",
                    Packets,
                    "-i",
                    Interval,
                    "-W",
                    "1",
                    "-s",
                    PacketSize - header - 8,
                    "-I",
                    Link,
                    Target,
                ])
            );
        _ = await connection.RunAsync(script, ScriptOptions.Reading, cancellationToken).ConfigureAwait(false);
    }

    private static IPAddress Broadcast(InterfaceAddress network)
    {
        var bytes = network.Address.GetAddressBytes();
        for (var bit = network.PrefixLength; bit < 32; bit++)
            bytes[bit / 8] |= (byte)(0x80 >> (bit % 8));
        return new IPAddress(bytes);
    }
}
