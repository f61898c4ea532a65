using System.Text.Json;
using System.Text.Json.Serialization;
using XenVlan.Lab.Running;

namespace XenVlan.Lab.Disk;

/// <summary>What a running lab with a disk consists of, kept in <c>disk.json</c> of its run directory.</summary>
internal sealed record DiskState(
    string Name,
    DiskHost Host,
    string Images,
    string Frozen,
    string Sockets,
    int SshPort,
    ProcessIdentity? Process
)
{
    private const string FileName = "disk.json";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Converters = { new JsonStringEnumConverter() },
    };

    [JsonIgnore]
    public FrozenDisk FrozenDisk => new(new DiskImages(Images), Frozen);

    public static DiskState? Read(string runDirectory)
    {
        var path = Path.Combine(runDirectory, FileName);
        return File.Exists(path) ? JsonSerializer.Deserialize<DiskState>(File.ReadAllText(path), Json) : null;
    }

    public static IEnumerable<DiskState> All(LabDirectories directories) =>
        Directory.EnumerateDirectories(directories.DiskRuns).Select(Read).OfType<DiskState>();

    /// <summary>Writes the state so that a reader sees the old one or the new one, whole.</summary>
    public void Write(string runDirectory)
    {
        var path = Path.Combine(runDirectory, FileName);
        File.WriteAllText(path + ".tmp", JsonSerializer.Serialize(this, Json));
        File.Move(path + ".tmp", path, overwrite: true);
    }
}
