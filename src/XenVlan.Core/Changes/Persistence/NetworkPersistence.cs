using XenVlan.Changes.Persistence.Ifupdown;
using XenVlan.Changes.Persistence.Keyfiles;
using XenVlan.Changes.Persistence.NetplanYaml;
using XenVlan.Changes.Persistence.Networkd;
using XenVlan.Changes.Persistence.Networks;

namespace XenVlan.Changes.Persistence;

/// <summary>Makes interfaces of a host last: VLAN interfaces, bridges, their ports, MTUs and addresses.</summary>
internal static class NetworkPersistence
{
    /// <summary>The files it reads, as patterns of the shell.</summary>
    public static IReadOnlyList<string> Patterns { get; } = [.. IfupdownBackend.Patterns, .. NetworkdConfiguration.Patterns, .. KeyfileBackend.Patterns, .. NetplanConfiguration.Patterns];

    /// <summary>The directories it may write to.</summary>
    public static IReadOnlyList<string> Directories { get; } = [];

    /// <summary>Plans the files that hold a plan's interfaces.</summary>
    /// <param name="planning">The files so far.</param>
    /// <param name="plan">The plan.</param>
    public static void Plan(PersistentPlanning planning, ChangePlan plan)
    {
        var wanted = WantedNetwork.Of(plan);
        if (wanted.Absent.Count == 0 && wanted.Present.Count == 0)
            return;

        var choice = new BackendChoice(planning, wanted);
        foreach (var name in wanted.Absent)
            choice.Claiming(name)?.Remove(name);
        foreach (var item in wanted.Present)
            choice.For(item).Ensure(item);
    }
}
