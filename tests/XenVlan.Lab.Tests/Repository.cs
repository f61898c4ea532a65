namespace XenVlan.Lab.Tests;

/// <summary>The repository the tests were built from.</summary>
internal static class Repository
{
    public static string PathOf(string file)
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (directory is not null && !File.Exists(Path.Combine(directory.FullName, "XenVlan.slnx")))
            directory = directory.Parent;
        return Path.Combine(directory?.FullName ?? throw new InvalidOperationException("The tests do not run from the repository."), file);
    }
}
