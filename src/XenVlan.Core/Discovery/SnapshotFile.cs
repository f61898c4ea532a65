using XenVlan.Model;
using XenVlan.Model.Json;

namespace XenVlan.Discovery;

/// <summary>Snapshots in files.</summary>
public static class SnapshotFile
{
    /// <summary>Reads a snapshot.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The snapshot.</returns>
    /// <exception cref="XenVlanException">
    /// The file cannot be read (<see cref="ErrorIds.DocumentUnreadable"/>), or holds no snapshot.
    /// </exception>
    public static HostSnapshot Read(string path)
    {
        string text;
        try
        {
            text = File.ReadAllText(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Errors.Of(ErrorIds.DocumentUnreadable, $"Snapshot {path} could not be read: {e.Message:unquoted}", path, e);
        }

        return XenVlanJson.DeserializeSnapshot(text, path);
    }
}
