namespace XenVlan.Fuzz.Targets;

/// <summary>Everything that reads what comes from outside.</summary>
internal static class AllTargets
{
    /// <summary>Makes the list.</summary>
    /// <returns>The readers.</returns>
    public static IReadOnlyList<FuzzTarget> Make() =>
        [
            .. ProbeTargets.Make(),
            .. SnapshotTargets.Make(),
            .. ConfigurationTargets.Make(),
            .. ConversationTargets.Make(),
            .. DocumentTargets.Make(),
        ];
}
