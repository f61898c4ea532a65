namespace XenVlan.Paths.Watching;

/// <summary>How much an interface, or one VLAN of a bridge's port, has received and sent.</summary>
/// <param name="ReceivedPackets">Frames received.</param>
/// <param name="ReceivedBytes">Their bytes.</param>
/// <param name="SentPackets">Frames sent.</param>
/// <param name="SentBytes">Their bytes.</param>
internal readonly record struct TrafficCounters(long ReceivedPackets, long ReceivedBytes, long SentPackets, long SentBytes)
{
    /// <summary>What came since another reading.</summary>
    public TrafficCounters Since(TrafficCounters before) =>
        new(
            ReceivedPackets - before.ReceivedPackets,
            ReceivedBytes - before.ReceivedBytes,
            SentPackets - before.SentPackets,
            SentBytes - before.SentBytes
        );

    /// <summary>Whether a burst is among this traffic, one way or the other.</summary>
    /// <param name="packets">How many packets the burst has.</param>
    /// <param name="size">The size of each, in bytes without Ethernet header.</param>
    /// <param name="quiet">What came in as long a time without the burst.</param>
    /// <returns>Whether it is; null where other traffic is so much that nothing can be told.</returns>
    public bool? Holds(int packets, int size, TrafficCounters quiet)
    {
        var bytes = (long)packets * size;
        var noise = Math.Max(quiet.ReceivedBytes, quiet.SentBytes);
        if (noise > bytes / 2)
            return null;
        return (ReceivedPackets >= packets && ReceivedBytes >= bytes) || (SentPackets >= packets && SentBytes >= bytes);
    }
}
