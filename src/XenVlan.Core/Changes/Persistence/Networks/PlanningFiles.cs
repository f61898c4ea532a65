namespace XenVlan.Changes.Persistence.Networks;

/// <summary>Lists the files of a host.</summary>
internal static class PlanningFiles
{
    /// <summary>The paths of the files in a directory, those that cannot be read among them, so that reading them says so.</summary>
    /// <param name="planning">The files so far.</param>
    /// <param name="directory">The directory, without a slash at its end.</param>
    /// <param name="suffix">How the names end.</param>
    /// <returns>The paths, in order; names that begin with a dot left out, as the shell does.</returns>
    public static IReadOnlyList<string> In(this PersistentPlanning planning, string directory, string suffix = "") =>
    [
        .. planning.Paths
            .Union(planning.Unreadable, StringComparer.Ordinal)
            .Where(p => p.StartsWith(directory + "/", StringComparison.Ordinal)
                && p.EndsWith(suffix, StringComparison.Ordinal)
                && p.IndexOf('/', directory.Length + 1) < 0
                && p[directory.Length + 1] != '.')
            .Order(StringComparer.Ordinal),
    ];
}
