namespace XenVlan.Changes.Persistence.Files;

/// <summary>Lists the files of a host.</summary>
internal static class FilePlanFiles
{
    /// <summary>The paths of the files in a directory, those that cannot be read among them, so that reading them says so.</summary>
    /// <param name="planning">The files so far.</param>
    /// <param name="directory">The directory, without a slash at its end.</param>
    /// <param name="suffix">How the names end.</param>
    /// <returns>The paths, in order; names that begin with a dot left out, as the shell does.</returns>
    public static IReadOnlyList<string> FilesIn(this FilePlanBuilder planning, string directory, string suffix = "") =>
        [
            .. planning
                .FilesUnder(directory)
                .Where(p => p.EndsWith(suffix, StringComparison.Ordinal) && p.IndexOf('/', directory.Length + 1) < 0),
        ];

    /// <summary>The paths of the files in a directory and in those in it, otherwise as <see cref="FilesIn"/>.</summary>
    /// <param name="planning">The files so far.</param>
    /// <param name="directory">The directory, without a slash at its end.</param>
    /// <returns>The paths, in order.</returns>
    public static IEnumerable<string> FilesUnder(this FilePlanBuilder planning, string directory)
    {
        var found = planning.Paths.Where(p =>
            p.Length > directory.Length + 1
            && p[directory.Length] == '/'
            && p[directory.Length + 1] != '.'
            && p.StartsWith(directory, StringComparison.Ordinal)
        );
        return planning.Unreadable.Count == 0
            ? found
            : found
                .Union(planning.Unreadable.Where(p => p.StartsWith(directory + "/", StringComparison.Ordinal)), StringComparer.Ordinal)
                .Order(StringComparer.Ordinal);
    }
}
