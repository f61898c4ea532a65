namespace XenVlan.Lab.Running;

/// <summary>Chooses where sockets go: a socket's path has room for 107 bytes and a repository may lie deep.</summary>
internal static class SocketDirectory
{
    private const int LongestPath = 107;
    private const int LongestName = 12;

    public static string Create(string wanted)
    {
        if (System.Text.Encoding.UTF8.GetByteCount(wanted) + 1 + LongestName <= LongestPath)
        {
            Directory.CreateDirectory(wanted);
            return wanted;
        }

        return Directory.CreateTempSubdirectory("xvl-").FullName;
    }

    public static void Remove(string directory)
    {
        if (Directory.Exists(directory))
        {
            Directory.Delete(directory, recursive: true);
        }
    }
}
