using XenVlan.Model;

namespace XenVlan.Discovery;

/// <summary>Tells from the files of a host what manages its domains and its network.</summary>
/// <param name="lines">The files that are there, and the <c>iface</c> lines of ifupdown.</param>
/// <param name="programs">The programs found on the host.</param>
internal sealed class ConfigurationReader(IReadOnlyCollection<string> lines, IReadOnlyCollection<string> programs)
{
    /// <summary>Whether a file is there.</summary>
    /// <returns>Whether the probe found it.</returns>
    public bool Has(string path) => lines.Contains(path);

    /// <summary>What manages the domains.</summary>
    public Toolstack Toolstack()
    {
        if (programs.Contains("xe") && Has("/etc/xensource-inventory"))
            return Model.Toolstack.Xapi;

        // Xen 4.1 to 4.4 have both, of which xl refuses to work while xend runs.
        if (Has("xend runs") || Has("/var/lock/subsys/xend") || (programs.Contains("xm") && !programs.Contains("xl")))
            return Model.Toolstack.Xend;
        return programs.Contains("xl") ? Model.Toolstack.XL : Model.Toolstack.None;
    }

    /// <summary>What sets the network up when the host boots.</summary>
    /// <returns>The ones that claim to; where one writes for another, it comes first.</returns>
    public IReadOnlyList<NetworkManager> NetworkManagers()
    {
        var found = new List<NetworkManager>();
        if (Has("/etc/xensource-inventory"))
            found.Add(NetworkManager.Xapi);
        if (lines.Any(l => l.StartsWith("/etc/netplan/", StringComparison.Ordinal)))
            found.Add(NetworkManager.Netplan);
        if (Has("/run/NetworkManager") || Has("/var/run/NetworkManager"))
            found.Add(NetworkManager.NetworkManager);

        // systemd makes the directory even where networkd does not run; the file is networkd's own.
        if (Has("/run/systemd/netif/state"))
            found.Add(NetworkManager.SystemdNetworkd);
        if (lines.Any(IsNetworkScript))
            found.Add(NetworkManager.NetworkScripts);

        // Debian installs the file everywhere, with no more than the loopback interface in it.
        if (lines.Any(IsIfupdownInterface) || (found.Count == 0 && Has("/etc/network/interfaces")))
            found.Add(NetworkManager.Ifupdown);
        return found;
    }

    private static bool IsNetworkScript(string line) =>
        line.StartsWith("/etc/sysconfig/network-scripts/ifcfg-", StringComparison.Ordinal)
        && !line.EndsWith("/ifcfg-lo", StringComparison.Ordinal);

    private static bool IsIfupdownInterface(string line) =>
        line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries) is ["iface", not "lo", ..];
}
