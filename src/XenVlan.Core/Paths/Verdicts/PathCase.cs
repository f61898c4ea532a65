using System.Net;
using XenVlan.Model;
using XenVlan.Paths.Forwarding;

namespace XenVlan.Paths.Verdicts;

/// <summary>A path that is tested, and what it leads through.</summary>
/// <param name="Network">What frames travel through.</param>
/// <param name="Source">Where it begins.</param>
/// <param name="Target">Where it ends; null where only an address is known.</param>
/// <param name="Address">The address that is asked.</param>
/// <param name="Size">The largest packet that is tried, in bytes.</param>
/// <param name="Port">The TCP port that is tried; null for none.</param>
internal sealed record PathCase(PathNetwork Network, PathEndpoint Source, PathEndpoint? Target, IPAddress Address, int Size, int? Port)
{
    /// <summary>The smallest packet every link of IPv4 carries, in bytes (RFC 791).</summary>
    private const int SmallSize = 68;

    private PathPrediction? _small;
    private PathPrediction? _full;

    /// <summary>What the model says of the question for the neighbour; null where the target is not known.</summary>
    public PathPrediction? Small => _small ??= Predict(SmallSize);

    /// <summary>What the model says of the largest packet; null where the target is not known.</summary>
    public PathPrediction? Full => _full ??= Predict(Size);

    /// <summary>Whether it is of IPv6.</summary>
    public bool IsIPv6 => Address.AddressFamily is System.Net.Sockets.AddressFamily.InterNetworkV6;

    /// <summary>The target as people write it.</summary>
    public string TargetName => Target?.ToString() ?? Address.ToString();

    /// <summary>What the model says of some content; null where the target is not known.</summary>
    /// <param name="kind">The protocol.</param>
    /// <param name="port">The port it goes to.</param>
    /// <returns>The prediction for a small packet.</returns>
    public PathPrediction? Of(FrameKind kind, int? port = null) => Predict(SmallSize, new FrameContent(kind, port, IsIPv6));

    /// <summary>The same path through a network in which a host is different.</summary>
    /// <param name="host">The host as it would be.</param>
    /// <returns>What the model says then; null where the target is not known.</returns>
    public PathPrediction? If(HostSnapshot host) =>
        new PathCase(Network.With(host), In(host, Source), Target is null ? null : In(host, Target), Address, Size, Port).Small;

    private static PathEndpoint In(HostSnapshot host, PathEndpoint end) =>
        string.Equals(end.Point.Host.HostName, host.HostName, StringComparison.Ordinal) && PathNetwork.Find(host, end.Point.Interface.Name) is { } point
            ? end with { Point = point }
            : end;

    private PathPrediction? Predict(int size, FrameContent? content = null) =>
        Target is null ? null : PathPrediction.Make(Network, Source, Target, size, (content ?? new FrameContent(FrameKind.Neighbor, null, IsIPv6)) with { To = Address });
}
