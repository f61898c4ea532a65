using XenVlan.Changes.Persistence.Domains;
using XenVlan.Changes.Persistence.Files;
using XenVlan.Model;

namespace XenVlan.Changes.Persistence;

/// <summary>
/// Makes the NICs of domains last: in the domain's file where Xen has a word for it, else in a small table that a hook
/// of Xen's vif scripts reads whenever a NIC is connected, be it by a creation, a restore, a migration or a reboot.
/// </summary>
internal static class DomainPersistence
{
    /// <summary>The files it reads, as patterns of the shell.</summary>
    public static IReadOnlyList<string> Patterns { get; } =
    [
        .. DomainFiles.Patterns,
        $"{XenScripts.Directory}/vif-*",
        $"{XenScripts.Directory}/xen-network-common.sh",
        VifHook.Path,
        VifTable.Path,
    ];

    /// <summary>The directories it may write to.</summary>
    public static IReadOnlyList<string> Directories { get; } = ["/etc/xen", XenScripts.Directory, VifHook.Directory, "/etc/xenvlan"];

    /// <summary>Plans the files that hold a plan's NICs.</summary>
    /// <exception cref="XenVlanException">As of <see cref="PersistencePlanner.Plan"/>.</exception>
    public static void Plan(FilePlanBuilder planning, ChangePlan plan)
    {
        foreach (var desired in DesiredNic.Of(plan))
        {
            var host = planning.Host;
            if (host.Toolstack is Toolstack.Xapi)
                throw host.Error(
                    ErrorIds.NotSupported,
                    $"The domains of host {host.HostName} are managed by XAPI, which keeps their NICs in its own "
                        + $"database; change them there (xe vif-list, xe vif-create), or {new ChangeOnlyWhatRuns()}."
                );

            if (host.FindDomain(desired.Vif.DomainId) is { } domain)
                new DomainNicPlanner(planning, desired, domain.Name).Plan();
            else
                planning.Note(
                    $"The name of domain {desired.Vif.DomainId} on host {DisplayText.Quote(host.HostName)} could not be seen, so nothing "
                        + $"is written for its NIC {desired.Vif.Index}: what changes lasts only while the domain runs."
                );
        }
    }
}
