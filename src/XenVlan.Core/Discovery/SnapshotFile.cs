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

    /// <summary>Writes a snapshot, so that the file is whole or as it was.</summary>
    /// <param name="snapshot">The snapshot.</param>
    /// <param name="path">The file; its directory must be there.</param>
    /// <param name="overwrite">Whether a file that is there may be written over.</param>
    /// <exception cref="XenVlanException">
    /// <see cref="ErrorIds.Conflict"/>: the file is there already; <see cref="ErrorIds.DocumentUnwritable"/>: it cannot be written.
    /// </exception>
    public static void Write(HostSnapshot snapshot, string path, bool overwrite)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        ArgumentNullException.ThrowIfNull(path);
        if (!overwrite && File.Exists(path))
            throw AlreadyThere(path, null);
        var made = $"{path}.{Path.GetRandomFileName()}";
        try
        {
            File.WriteAllText(made, XenVlanJson.SerializeSnapshot(snapshot) + "\n");
            File.Move(made, path, overwrite);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            if (File.Exists(made))
                File.Delete(made);
            throw !overwrite && File.Exists(path)
                ? AlreadyThere(path, e)
                : Errors.Of(ErrorIds.DocumentUnwritable, $"Snapshot {path} could not be written: {e.Message:unquoted}", path, e);
        }
    }

    /// <summary>A file's name for the snapshot of a host.</summary>
    /// <param name="hostName">The host as the user named it.</param>
    /// <returns>Such as <c>xen1.json</c>; what does not belong into a file's name is <c>_</c>.</returns>
    public static string NameFor(string hostName)
    {
        ArgumentNullException.ThrowIfNull(hostName);
        var clean = string.Concat(hostName.Select(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '@' ? c : '_'));
        return $"{clean.TrimStart('.', '-')}.json";
    }

    private static XenVlanException AlreadyThere(string path, Exception? cause) =>
        Errors.Of(ErrorIds.Conflict, $"File {path} is there already, and is not written over unless that is asked for.", path, cause);
}
