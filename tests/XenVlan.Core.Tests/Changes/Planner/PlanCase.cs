using XenVlan.Changes;
using XenVlan.Changes.Desired;
using XenVlan.Discovery;
using XenVlan.Model;

namespace XenVlan.Tests.Changes.Planner;

/// <summary>A host, what is wanted of it, and in a sentence what the planner does about that.</summary>
/// <param name="Title">The sentence.</param>
/// <param name="Host">The host.</param>
/// <param name="Wanted">What is wanted, in order.</param>
internal sealed record PlanCase(string Title, NetworkHost Host, params IReadOnlyList<Wish> Wanted)
{
    /// <summary>What becomes of it: the plan, or the error that it is refused with.</summary>
    public (ChangePlan? Plan, XenVlanException? Refusal) Run()
    {
        try
        {
            var plan = ChangePlan.Make(Host, [.. Wanted.SelectMany(w => w.Changes(Host))]);
            var files = XenVlan.Changes.Persistence.PersistencePlanner.Plan(plan, Host.Configuration);
            return (IsLasting ? plan with { Files = files.Files, Notes = [.. plan.Notes, .. files.Notes] } : plan, null);
        }
        catch (XenVlanException refusal)
        {
            return (null, refusal);
        }
    }

    /// <summary>Whether the host has files in which changes are made to last.</summary>
    public bool IsLasting =>
        Host.Snapshot.NetworkManagers.Count + Host.Configuration.Files.Count + Host.Configuration.Directories.Count > 0;
}

/// <summary>Something that is wanted of a host, in words that name the type to look for in the sources.</summary>
/// <param name="Text">The words.</param>
/// <param name="Changes">The changes it comes to on a host.</param>
internal sealed record Wish(string Text, Func<HostSnapshot, IReadOnlyList<HostChange>> Changes)
{
    public static implicit operator Wish(HostChange change) => new(PlanText.Of(change), _ => [change]);

    /// <summary>What is wanted of a domain's NIC.</summary>
    public static Wish Of(int domain, int index, DomainNicRequest request) =>
        new(
            $"{PlanText.Of(request)}  for NIC {index} of domain {domain}",
            host => request.For(SnapshotViews.DomainNics(host).Single(n => n.DomainId == domain && n.Index == index))
        );
}

/// <summary>Cases about one thing, that are read together.</summary>
/// <param name="Name">The name of its golden file.</param>
/// <param name="Text">What it is about, in sentences.</param>
/// <param name="Cases">The cases.</param>
/// <param name="Common">
/// A host that is shown once, with its files; of the cases only what differs, and not the steps but what lasts. Null where each case
/// shows its own.
/// </param>
internal sealed record PlanTable(string Name, string Text, IReadOnlyList<PlanCase> Cases, NetworkHost? Common = null)
{
    /// <summary>All tables.</summary>
    public static IReadOnlyList<PlanTable> All { get; } =
    [
        BridgeTables.Bridges,
        BridgeTables.PortVlans,
        InterfaceTables.VlanInterfaces,
        InterfaceTables.Links,
        InterfaceTables.OlderTools,
        DomainNicTables.Running,
        DomainNicTables.Lasting,
        .. FileTables.All,
    ];

    /// <summary>The table as a reader sees it.</summary>
    public string Show() => PlanText.Of(this);
}
