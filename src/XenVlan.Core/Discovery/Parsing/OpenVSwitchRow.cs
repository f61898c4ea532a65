using System.Text.Json;

namespace XenVlan.Discovery.Parsing;

/// <summary>
/// A row of a table of Open vSwitch's database. Sets and references have the form RFC 7047, section 5.1, gives them.
/// </summary>
/// <param name="cells">The row's values by column.</param>
internal sealed class OpenVSwitchRow(IReadOnlyDictionary<string, JsonElement> cells)
{
    /// <summary>Text.</summary>
    /// <param name="column">The column.</param>
    /// <returns>The text; null where there is none.</returns>
    public string? Text(string column) => Elements(column).Select(AsText).FirstOrDefault();

    /// <summary>A switch.</summary>
    /// <param name="column">The column.</param>
    /// <returns>Whether it is on.</returns>
    public bool Flag(string column) => Elements(column).Any(e => e.ValueKind is JsonValueKind.True);

    /// <summary>Numbers.</summary>
    /// <param name="column">The column.</param>
    /// <returns>The numbers in it that fit.</returns>
    public IEnumerable<int> Numbers(string column) =>
        Elements(column).Where(e => e.ValueKind is JsonValueKind.Number && e.TryGetInt32(out _)).Select(e => e.GetInt32());

    /// <summary>References to rows.</summary>
    /// <param name="column">The column.</param>
    /// <returns>The rows' identifiers.</returns>
    public IEnumerable<string> References(string column) => Elements(column).Select(AsReference).OfType<string>();

    private static string? AsText(JsonElement element) => element.ValueKind is JsonValueKind.String ? element.GetString() : null;

    private static string? AsReference(JsonElement element) =>
        element.ValueKind is JsonValueKind.Array && element.GetArrayLength() == 2 && AsText(element[0]) == "uuid" ? AsText(element[1]) : null;

    private List<JsonElement> Elements(string column)
    {
        if (!cells.TryGetValue(column, out var cell))
            return [];
        return cell.ValueKind is JsonValueKind.Array && cell.GetArrayLength() == 2 && AsText(cell[0]) == "set" && cell[1].ValueKind is JsonValueKind.Array
            ? [.. cell[1].EnumerateArray()]
            : [cell];
    }
}
