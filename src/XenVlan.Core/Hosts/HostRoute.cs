namespace XenVlan.Hosts;

/// <summary>A host and the way to it.</summary>
/// <param name="Connector">Reaches hosts.</param>
/// <param name="Target">The host.</param>
/// <param name="Settings">How to reach it.</param>
public sealed record HostRoute(IHostConnector Connector, HostTarget Target, SshSettings Settings)
{
    /// <summary>A connection, which may have been used before.</summary>
    /// <returns>The connection, to be disposed of.</returns>
    public IHostConnection Connect() => Connector.Connect(Target, Settings);

    /// <summary>A new connection, which proves that the host can be reached now.</summary>
    /// <param name="limit">How long connecting may take at most.</param>
    /// <returns>The connection, to be disposed of.</returns>
    public IHostConnection ConnectAnew(TimeSpan limit) =>
        Connector.ConnectAnew(Target, Settings.ConnectTimeout <= limit ? Settings : Settings with { ConnectTimeout = limit });
}
