using XenVlan.Discovery.Parsing;
using XenVlan.Discovery.Probe;
using XenVlan.Model;

namespace XenVlan.Discovery;

/// <summary>Finds out what a host is to Xen, and what the xenstore has.</summary>
internal static class XenReader
{
    /// <summary>Reads what there is of Xen.</summary>
    /// <param name="files">The probe's small files, by path.</param>
    /// <param name="configuration">What is configured and running.</param>
    /// <param name="output">What the probe printed.</param>
    /// <param name="omissions">Takes what could not be seen.</param>
    public static XenFacts Read(
        IReadOnlyDictionary<string, string> files,
        ConfigurationReader configuration,
        SnapshotOutput output,
        GapList omissions
    )
    {
        var runsOnXen = files.GetValueOrDefault("/sys/hypervisor/type") == "xen" || configuration.Has("/proc/xen");
        if (!runsOnXen)
            return new XenFacts(null, false, [], []);

        var section = output["xenstore"];
        var isDomain0 = IsDomain0(files, configuration, section.Succeeded, omissions);
        if (!isDomain0)
            return new XenFacts(Version(files), false, [], []);

        var (domains, vifs) = omissions.Read(GapList.Domains, "xenstore-ls", ([], []), () => Store(section.Lines));
        if (!section.Succeeded)
            omissions.Add(GapList.Domains, omissions.Reason("xenstore-ls", "the xenstore's tools", section));
        return new XenFacts(Version(files), true, domains, vifs);
    }

    private static (IReadOnlyList<XenDomain> Domains, IReadOnlyList<VifRecord> Vifs) Store(IReadOnlyList<string> lines)
    {
        var nodes = XenstoreParser.Parse(lines, "/local/domain");
        return (XenstoreReader.Domains(nodes), XenstoreReader.Vifs(nodes));
    }

    private static bool IsDomain0(
        IReadOnlyDictionary<string, string> files,
        ConfigurationReader configuration,
        bool sawXenstore,
        GapList omissions
    )
    {
        // Empty in any other domain (capabilities_read in the kernel's drivers/xen/xenfs/super.c).
        if (files.TryGetValue("/proc/xen/capabilities", out var capabilities))
            return capabilities.Contains("control_d", StringComparison.Ordinal);
        if (configuration.Has("/proc/xen/capabilities"))
            return false;

        // Linux 6.3 and later tell it without xenfs.
        if (files.TryGetValue("/sys/hypervisor/start_flags/initdomain", out var initial))
            return initial == "1";

        var zero = files.GetValueOrDefault("/sys/hypervisor/uuid") == "00000000-0000-0000-0000-000000000000";
        if (zero || sawXenstore)
            return true;

        omissions.Add("whether this is domain 0", "/proc/xen is not mounted; 'mount -t xenfs xenfs /proc/xen' would show it");
        return false;
    }

    private static string? Version(IReadOnlyDictionary<string, string> files)
    {
        if (
            !files.TryGetValue("/sys/hypervisor/version/major", out var major)
            || !files.TryGetValue("/sys/hypervisor/version/minor", out var minor)
        )
            return "unknown";

        // A domain that may not know is told "<denied>" (Xen's common/kernel.c).
        var extra = files.GetValueOrDefault("/sys/hypervisor/version/extra", "");
        return extra.StartsWith('<') ? $"{major}.{minor}" : $"{major}.{minor}{extra}";
    }
}
