using System.Text.Json;
using System.Text.Json.Nodes;

namespace XenVlan.Model.Json;

/// <summary>
/// XenVlan's objects as JSON: names in camelCase, enumerations by name, VLAN ids as numbers, VLAN sets and addresses as
/// the texts people write. Everything but ASCII is escaped, so that the text is safe to print on a terminal.
/// </summary>
public static class XenVlanJson
{
    /// <summary>The format of snapshot files, which they begin with.</summary>
    public const string SnapshotFormat = "xenvlan/snapshot-v1";

    /// <summary>Hosts as a JSON array.</summary>
    /// <param name="hosts">The hosts.</param>
    /// <returns>Indented JSON.</returns>
    public static string Serialize(IReadOnlyList<XenHost> hosts) => Write(hosts);

    /// <summary>Bridges as a JSON array.</summary>
    /// <param name="bridges">The bridges.</param>
    /// <returns>Indented JSON.</returns>
    public static string Serialize(IReadOnlyList<XenBridge> bridges) => Write(bridges);

    /// <summary>Domains' NICs as a JSON array.</summary>
    /// <param name="nics">The NICs.</param>
    /// <returns>Indented JSON.</returns>
    public static string Serialize(IReadOnlyList<XenDomainNic> nics) => Write(nics);

    /// <summary>VLAN subinterfaces as a JSON array.</summary>
    /// <param name="interfaces">The subinterfaces.</param>
    /// <returns>Indented JSON.</returns>
    public static string Serialize(IReadOnlyList<XenVlanInterface> interfaces) => Write(interfaces);

    /// <summary>Paths as a JSON array.</summary>
    /// <param name="results">What was found of them.</param>
    /// <returns>Indented JSON.</returns>
    public static string Serialize(IReadOnlyList<XenVlanPathResult> results) => Write(results);

    /// <summary>Transactions as a JSON array.</summary>
    /// <param name="transactions">The transactions.</param>
    /// <returns>Indented JSON.</returns>
    public static string Serialize(IReadOnlyList<XenTransaction> transactions) => Write(transactions);

    /// <summary>What differs between snapshots as a JSON array.</summary>
    /// <param name="differences">The differences.</param>
    /// <returns>Indented JSON.</returns>
    public static string Serialize(IReadOnlyList<SnapshotDifference> differences) => Write(differences);

    /// <summary>A path as a JSON object.</summary>
    /// <param name="result">What was found of it.</param>
    /// <returns>Indented JSON.</returns>
    public static string Serialize(XenVlanPathResult result) => Write(result);

    /// <summary>Remedies as part of another JSON document.</summary>
    /// <param name="remedies">The remedies.</param>
    /// <returns>A JSON array.</returns>
    public static JsonNode ToNode(IReadOnlyList<Remedy> remedies) =>
        JsonSerializer.SerializeToNode(remedies, JsonTypes.Of<IReadOnlyList<Remedy>>())!;

    /// <summary>A snapshot as the text of a file, which <see cref="DeserializeSnapshot"/> reads back.</summary>
    /// <param name="snapshot">The snapshot.</param>
    /// <returns>Indented JSON; <see cref="HostSnapshot.Timestamp"/> is left out, as it means nothing to another process.</returns>
    public static string SerializeSnapshot(HostSnapshot snapshot)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        return Write(new SnapshotDocument(SnapshotFormat, snapshot));
    }

    /// <summary>Reads a snapshot from the text of a file.</summary>
    /// <param name="text">The text.</param>
    /// <param name="source">Where the text is from, for messages: a file's path; null where there is none.</param>
    /// <returns>The snapshot.</returns>
    /// <exception cref="XenVlanException">
    /// <see cref="ErrorIds.DocumentUnreadable"/>: not JSON; <see cref="ErrorIds.DocumentInvalid"/>: JSON, but no snapshot,
    /// or one of another version of the format.
    /// </exception>
    public static HostSnapshot DeserializeSnapshot(string text, string? source = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        var where = source is null ? "The snapshot" : $"The snapshot {DisplayText.Quote(source)}";
        CheckFormat(text, where, source);
        try
        {
            var document = JsonSerializer.Deserialize(text, JsonTypes.Of<SnapshotDocument>());
            if (document?.Snapshot is not { } snapshot)
                throw Invalid("it has no \"snapshot\"", null);
            if (SnapshotCheck.FirstNull(snapshot) is { } missing)
                throw Invalid($"\"{missing}\" is null", null);
            if (VlanNesting.Endless(snapshot.Interfaces).FirstOrDefault() is { } endless)
                throw Invalid($"the parents of VLAN interface {DisplayText.Quote(endless.Name)} come to no end", null);
            return snapshot;
        }
        catch (JsonException e)
        {
            throw Invalid($"at {DisplayText.Quote(e.Path)}: {DisplayText.Clean(e.Message)}", e);
        }

        XenVlanException Invalid(string why, Exception? inner) =>
            Errors.Of(ErrorIds.DocumentInvalid, $"{where:unquoted} is not valid: {why.TrimEnd('.'):unquoted}.", source, inner);
    }

    private static void CheckFormat(string text, string where, string? source)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            var format =
                document.RootElement.ValueKind is JsonValueKind.Object
                && document.RootElement.TryGetProperty("format", out var property)
                && property.ValueKind is JsonValueKind.String
                    ? property.GetString()
                    : null;
            if (format != SnapshotFormat)
            {
                var found = format is null ? "it names no format" : $"its format is {DisplayText.Quote(format)}";
                throw Errors.Of(
                    ErrorIds.DocumentInvalid,
                    $"{where:unquoted} is not one this version can read: {found:unquoted}, where {SnapshotFormat} was expected.",
                    source
                );
            }
        }
        catch (JsonException e)
        {
            throw Errors.Of(
                ErrorIds.DocumentUnreadable,
                $"{where:unquoted} is not JSON: line {e.LineNumber + 1 ?? 1}, column {e.BytePositionInLine + 1 ?? 1}: {e.Message:unquoted}",
                source,
                e
            );
        }
    }

    private static string Write<T>(T value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return JsonSerializer.Serialize(value, JsonTypes.Of<T>());
    }
}
