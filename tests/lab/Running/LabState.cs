using System.Text.Json;
using System.Text.Json.Serialization;

namespace XenVlan.Lab.Running;

/// <summary>What a running lab consists of, kept in <c>state.json</c> of its run directory.</summary>
internal sealed record LabState(
    string Name,
    string Images,
    string Frozen,
    string Sockets,
    ProcessIdentity? Switch,
    IReadOnlyList<HostState> Hosts
)
{
    private const string FileName = "state.json";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    [JsonIgnore]
    public IEnumerable<ProcessIdentity> Processes => Hosts.Select(host => host.Process).Append(Switch).OfType<ProcessIdentity>();

    [JsonIgnore]
    public bool AllRun => Switch is { IsRunning: true } && Hosts.All(host => host.Process is { IsRunning: true });

    public HostState Host(string name) => Hosts.Single(host => host.Name == name);

    public LabState With(HostState changed) => this with { Hosts = [.. Hosts.Select(host => host.Name == changed.Name ? changed : host)] };

    public static LabState? Read(string runDirectory)
    {
        var path = Path.Combine(runDirectory, FileName);
        return File.Exists(path) ? JsonSerializer.Deserialize<LabState>(File.ReadAllText(path), Json) : null;
    }

    public static IEnumerable<LabState> All(LabDirectories directories) =>
        Directory.EnumerateDirectories(Path.Combine(directories.Root, "run")).Select(Read).OfType<LabState>();

    /// <summary>Writes the state so that a reader sees the old one or the new one, whole.</summary>
    public void Write(string runDirectory)
    {
        var path = Path.Combine(runDirectory, FileName);
        File.WriteAllText(path + ".tmp", JsonSerializer.Serialize(this, Json));
        File.Move(path + ".tmp", path, overwrite: true);
    }
}
