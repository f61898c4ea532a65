namespace XenVlan.Paths.Watching;

/// <summary>What was seen on the hops of a path while probes were sent.</summary>
/// <param name="Places">The interfaces that could be watched, whether or not they saw anything.</param>
/// <param name="NotWatched">Hosts that could not be watched, and why.</param>
internal sealed record WatchReport(IReadOnlyList<WatchedPlace> Places, IReadOnlyDictionary<string, string> NotWatched)
{
    /// <summary>What was seen at an interface.</summary>
    /// <param name="host">Its host.</param>
    /// <param name="link">Its name.</param>
    /// <returns>What was seen; null where it was not watched.</returns>
    public WatchedPlace? At(string host, string link) => Places.FirstOrDefault(p =>
        string.Equals(p.HostName, host, StringComparison.Ordinal) && string.Equals(p.Interface, link, StringComparison.Ordinal));
}
