namespace XenVlan.Paths.Watching;

/// <summary>How an interface was watched.</summary>
internal enum WatchMeans
{
    /// <summary>A capture on it: each frame is known for what it is.</summary>
    Capture,

    /// <summary>Its counters before and after a burst: as many frames and bytes as were sent, or more.</summary>
    Counters,

    /// <summary>Its bridge's forwarding table: the source was learned there during the probes.</summary>
    ForwardingTable,
}
