using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using XenVlan.Discovery;
using XenVlan.Model;
using XenVlan.Model.Json;

namespace XenVlan.Cli.Json;

/// <summary>Hosts with all that is on them as one JSON object.</summary>
internal static class ShowDocument
{
    /// <summary>Writes hosts.</summary>
    /// <param name="snapshots">Their snapshots.</param>
    /// <returns>An object with <c>hosts</c>, <c>bridges</c>, <c>domainNics</c> and <c>vlanInterfaces</c>.</returns>
    public static string Write(IReadOnlyList<HostSnapshot> snapshots)
    {
        var all = new JsonObject
        {
            ["hosts"] = JsonNode.Parse(XenVlanJson.Serialize([.. snapshots.Select(SnapshotViews.Host)])),
            ["bridges"] = JsonNode.Parse(XenVlanJson.Serialize([.. snapshots.SelectMany(SnapshotViews.Bridges)])),
            ["domainNics"] = JsonNode.Parse(XenVlanJson.Serialize([.. snapshots.SelectMany(SnapshotViews.DomainNics)])),
            ["vlanInterfaces"] = JsonNode.Parse(XenVlanJson.Serialize([.. snapshots.SelectMany(SnapshotViews.VlanInterfaces)])),
        };
        using var bytes = new MemoryStream();
        using (var writer = new Utf8JsonWriter(bytes, new JsonWriterOptions { Indented = true }))
            all.WriteTo(writer);
        return Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length);
    }
}
