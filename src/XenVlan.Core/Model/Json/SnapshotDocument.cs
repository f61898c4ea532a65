namespace XenVlan.Model.Json;

/// <summary>A snapshot in a file.</summary>
/// <param name="Format">The format's name and version.</param>
/// <param name="Snapshot">The snapshot.</param>
internal sealed record SnapshotDocument(string Format, HostSnapshot Snapshot);
