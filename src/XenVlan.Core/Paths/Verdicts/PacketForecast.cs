using XenVlan.Model;
using XenVlan.Paths.Forwarding;

namespace XenVlan.Paths.Verdicts;

/// <summary>What the model says of a kind of packet.</summary>
/// <param name="Kind">The probe that sends it.</param>
/// <param name="Name">What it is, in words.</param>
/// <param name="Content">What is in it.</param>
/// <param name="Way">Its way and that of its answer; for <see cref="PathProbeKind.UdpBack"/> it begins at the target.</param>
internal sealed record PacketForecast(PathProbeKind Kind, string Name, FrameContent Content, PathPrediction Way);
