using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using XenVlan.Hosts;
using XenVlan.Model;

namespace XenVlan.PowerShell.Running;

/// <summary>What the cmdlets share while the module is loaded.</summary>
internal static class ModuleSession
{
    // Which cmdlet hears of a connection: the one whose operation it is opened in. A connector has one log for all.
    private static readonly AsyncLocal<Action<string>?> Log = new();

    // How a snapshot's host was reached, so that objects piped on reach the same host in the same way. Bound to the
    // snapshot and not to the host's name, which another ssh_config may give to another host.
    private static readonly ConditionalWeakTable<HostSnapshot, SshSettings> Settings = [];

    private static readonly ConcurrentDictionary<string, KnownNames> Names = new(StringComparer.Ordinal);

    /// <summary>Reaches hosts. Keeps connections for a short while, so that the commands of a pipeline share them.</summary>
    public static HostConnector Connector { get; } = new(line => Log.Value?.Invoke(line));

    /// <summary>The hosts that were read, for completion.</summary>
    public static IReadOnlyCollection<string> HostNames => [.. Names.Keys];

    /// <summary>Says who hears of connections that the calling operation opens.</summary>
    public static void LogTo(Action<string> log) => Log.Value = log;

    /// <summary>Remembers a snapshot.</summary>
    public static void Remember(HostSnapshot snapshot, SshSettings settings)
    {
        Settings.AddOrUpdate(snapshot, settings);
        Names[snapshot.HostName] = KnownNames.Of(snapshot);
    }

    /// <summary>How a snapshot's host was reached.</summary>
    /// <returns>The settings; null when it was not read in this session.</returns>
    public static SshSettings? SettingsOf(HostSnapshot snapshot) => Settings.TryGetValue(snapshot, out var settings) ? settings : null;

    /// <summary>The names a host had when it was last read.</summary>
    /// <returns>The names; null when it was not read in this session.</returns>
    public static KnownNames? NamesOf(string hostName) => Names.GetValueOrDefault(hostName);
}
