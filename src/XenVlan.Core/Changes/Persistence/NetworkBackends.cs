using XenVlan.Changes.Persistence.Common;
using XenVlan.Changes.Persistence.Files;
using XenVlan.Changes.Persistence.Ifupdown;
using XenVlan.Changes.Persistence.InitScript;
using XenVlan.Changes.Persistence.Netplan;
using XenVlan.Changes.Persistence.Networkd;
using XenVlan.Changes.Persistence.NetworkManagerProfiles;
using XenVlan.Changes.Persistence.NetworkScripts;
using XenVlan.Model;

namespace XenVlan.Changes.Persistence;

/// <summary>A network manager whose files can be written.</summary>
/// <param name="Manager">The manager.</param>
/// <param name="Patterns">The files it reads, as patterns of the shell.</param>
/// <param name="Make">Reads those of a host.</param>
internal sealed record NetworkBackendEntry(
    NetworkManager Manager,
    IReadOnlyList<string> Patterns,
    Func<FilePlanBuilder, NetworkBackend> Make
)
{
    /// <summary>The managers whose files it makes from its own: what these say of an interface is its doing.</summary>
    public IReadOnlyList<NetworkManager> WritesFor { get; init; } = [];

    /// <summary>The managers that read its files too, so that what is new is better written there.</summary>
    public IReadOnlyList<NetworkManager> IsReadBy { get; init; } = [];
}

/// <summary>The network managers whose files can be written: a new one needs a line here.</summary>
internal static class NetworkBackends
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<NetworkBackendEntry> All { get; } =
    [
        new(NetworkManager.Ifupdown, IfupdownBackend.Patterns, files => new IfupdownBackend(files)),
        new(NetworkManager.SystemdNetworkd, NetworkdConfiguration.Patterns, files => new NetworkdBackend(files)),
        new(NetworkManager.NetworkManager, KeyfileBackend.Patterns, files => new KeyfileBackend(files)),
        new(NetworkManager.Netplan, NetplanConfiguration.Patterns, files => new NetplanBackend(files))
        {
            WritesFor = [NetworkManager.SystemdNetworkd, NetworkManager.NetworkManager],
        },
        new(NetworkManager.NetworkScripts, NetworkScriptsBackend.Patterns, files => new NetworkScriptsBackend(files))
        {
            IsReadBy = [NetworkManager.NetworkManager],
        },
    ];

    /// <summary>The files that all of them and XenVlan's own init script read.</summary>
    public static IReadOnlyList<string> Patterns { get; } = [.. All.SelectMany(b => b.Patterns), .. InitScriptBackend.Patterns];
}
