using System.Collections.Concurrent;
using XenVlan.Hosts;
using XenVlan.Model;

namespace XenVlan.PowerShell.Running;

/// <summary>What the cmdlets share while the module is loaded.</summary>
internal static class ModuleSession
{
    // Which cmdlet hears of a connection: the one whose operation it is opened in. A connector has one log for all.
    private static readonly AsyncLocal<Action<string>?> Log = new();

    private static readonly ConcurrentDictionary<string, KnownNames> Names = new(StringComparer.Ordinal);

    /// <summary>Reaches hosts. Keeps connections for a short while, so that the commands of a pipeline share them.</summary>
    public static HostConnector Connector { get; } = new(line => Log.Value?.Invoke(line));

    /// <summary>The hosts that were read, for completion.</summary>
    public static IReadOnlyCollection<string> HostNames => [.. Names.Keys];

    /// <summary>Says who hears of connections that the calling operation opens.</summary>
    public static void LogTo(Action<string> log) => Log.Value = log;

    /// <summary>Remembers the names in a snapshot.</summary>
    /// <param name="snapshot">The snapshot.</param>
    /// <param name="settings">How its host was reached.</param>
    /// <returns>The snapshot that knows it too, so that objects piped on reach the same host in the same way.</returns>
    public static HostSnapshot Remember(HostSnapshot snapshot, SshSettings settings)
    {
        Names[snapshot.HostName] = KnownNames.Of(snapshot);
        return snapshot.ReachedBy(settings);
    }

    /// <summary>The names a host had when it was last read.</summary>
    /// <returns>The names; null when it was not read in this session.</returns>
    public static KnownNames? NamesOf(string hostName) => Names.GetValueOrDefault(hostName);
}
