using XenVlan.Model;
using XenVlan.Model.Json;

namespace XenVlan.Lab.Tests;

/// <summary>All that a snapshot says of a host, but for what changes by itself.</summary>
internal static class HostState
{
    public static string Of(HostSnapshot snapshot) => XenVlanJson.SerializeSnapshot(snapshot with
    {
        TakenAt = DateTimeOffset.UnixEpoch,
        Interfaces = [.. snapshot.Interfaces.Select(i => i with { Counters = null })],
    });
}
