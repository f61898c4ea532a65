using System.Net;
using XenVlan.Model;
using XenVlan.Paths.Forwarding;
using XenVlan.Paths.Frames;

namespace XenVlan.Paths.Diagnosis;

/// <summary>A path that is tested, and what it leads through.</summary>
/// <param name="Network">What frames travel through.</param>
/// <param name="Source">Where it begins.</param>
/// <param name="Target">Where it ends; null where only an address is known.</param>
/// <param name="Address">The address that is asked.</param>
/// <param name="Size">The largest packet that is tried, in bytes.</param>
/// <param name="Port">The TCP port that is tried; null for none.</param>
internal sealed record PathUnderTest(PathNetwork Network, Vantage Source, Vantage? Target, IPAddress Address, int Size, int? Port)
{
    /// <summary>The smallest packet every link of IPv4 carries, in bytes (RFC 791).</summary>
    private const int SmallSize = 68;

    private readonly Dictionary<(FrameKind Kind, int? Port, int Size, bool IsBack), PathPrediction?> _predictions = [];

    /// <summary>The address probes come from; null where it is not known.</summary>
    public IPAddress? From { get; init; }

    /// <summary>What the model says of the question for the neighbour; null where the target is not known.</summary>
    public PathPrediction? Small => Predict(FrameKind.Neighbor, null, SmallSize);

    /// <summary>What the model says of the largest packet, an echo; null where the target is not known.</summary>
    public PathPrediction? Full => Predict(FrameKind.Icmp, null, Size);

    /// <summary>Whether it is of IPv6.</summary>
    public bool IsIPv6 => Address.AddressFamily is System.Net.Sockets.AddressFamily.InterNetworkV6;

    /// <summary>The target as people write it.</summary>
    public string TargetName => Target?.ToString() ?? Address.ToString();

    /// <summary>What the model says of a kind of packet; null where the target is not known.</summary>
    /// <param name="kind">The protocol.</param>
    /// <param name="port">The port it goes to; null for any.</param>
    /// <returns>The prediction for a small packet.</returns>
    public PathPrediction? Of(FrameKind kind, int? port = null) => Predict(kind, port, SmallSize);

    /// <summary>A packet that the source sends to the target.</summary>
    /// <param name="kind">The protocol.</param>
    /// <param name="port">The port it goes to; null for any.</param>
    public FrameContent ContentOf(FrameKind kind, int? port = null) => new(kind, port, IsIPv6) { From = From, To = Address };

    /// <summary>What the model says of a datagram the other way, from the target to the source; null where the target is not known, or is
    /// no host that was read.</summary>
    /// <param name="port">The port it goes to.</param>
    /// <returns>The prediction; its forward way is that from the target.</returns>
    public PathPrediction? DatagramBack(int port) =>
        Target is null or { IsBehind: true } || Source.IsBehind ? null : Predict(FrameKind.Udp, port, SmallSize, isBack: true);

    /// <summary>The same path through a network in which a host is different.</summary>
    /// <returns>What the model says then; null where the target is not known.</returns>
    public PathPrediction? If(HostSnapshot host) =>
        new PathUnderTest(Network.With(host), In(host, Source), Target is null ? null : In(host, Target), Address, Size, Port)
        {
            From = From,
        }.Small;

    private static Vantage In(HostSnapshot host, Vantage end) =>
        end.Point.Host.HostName == host.HostName && PathNetwork.Find(host, end.Point.Interface.Name) is { } point
            ? end with
            {
                Point = point,
            }
            : end;

    private PathPrediction? Predict(FrameKind kind, int? port, int size, bool isBack = false)
    {
        if (Target is null)
            return null;
        if (_predictions.TryGetValue((kind, port, size, isBack), out var known))
            return known;
        var content = ContentOf(kind, port);
        if (isBack)
            content = content with { From = Address, To = From };
        var question = kind is FrameKind.Neighbor ? null : Small;
        var prediction = isBack
            ? PathPrediction.Make(Network, Target, Source, size, content, new PathPrediction(question!.Back, question.Forward))
            : PathPrediction.Make(Network, Source, Target, size, content, question);
        _predictions.Add((kind, port, size, isBack), prediction);
        return prediction;
    }
}
