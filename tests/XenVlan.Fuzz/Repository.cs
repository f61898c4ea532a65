namespace XenVlan.Fuzz;

/// <summary>The repository this was built from, which has the texts to begin with.</summary>
internal static class Repository
{
    private static readonly string Root = Find();

    /// <summary>A file of the repository.</summary>
    /// <param name="path">Its path in the repository.</param>
    /// <returns>Its path on this machine.</returns>
    public static string PathOf(string path) => Path.Combine(Root, path);

    private static string Find()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (directory is not null && !File.Exists(Path.Combine(directory.FullName, "XenVlan.slnx")))
            directory = directory.Parent;
        return directory?.FullName ?? throw new InvalidOperationException("This does not run from the repository.");
    }
}
