namespace XenVlan.Changes.Persistence;

/// <summary>Makes interfaces of a host last: VLAN interfaces, bridges, their ports, MTUs and addresses.</summary>
internal static class NetworkPersistence
{
    /// <summary>The files it reads, as patterns of the shell.</summary>
    public static IReadOnlyList<string> Patterns { get; } = [];

    /// <summary>The directories it may write to.</summary>
    public static IReadOnlyList<string> Directories { get; } = [];

    /// <summary>Plans the files that hold a plan's interfaces.</summary>
    /// <param name="planning">The files so far.</param>
    /// <param name="plan">The plan.</param>
    public static void Plan(PersistentPlanning planning, ChangePlan plan)
    {
    }
}
