using System.Text.Json;

namespace XenVlan.Discovery.Parsing;

/// <summary>
/// A row of a table of Open vSwitch's database. Sets and references have the form RFC 7047, section 5.1, gives them.
/// </summary>
internal sealed class OpenVSwitchRow
{
    private readonly Dictionary<string, List<Value>> _cells = new(StringComparer.Ordinal);

    private OpenVSwitchRow()
    {
    }

    /// <summary>Reads a row.</summary>
    /// <param name="columns">The table's columns.</param>
    /// <param name="cells">The row's cells, in their order.</param>
    /// <returns>The row.</returns>
    /// <exception cref="InvalidOperationException">A text holds half of a surrogate pair.</exception>
    public static OpenVSwitchRow Of(IEnumerable<string> columns, IEnumerable<JsonElement> cells)
    {
        var row = new OpenVSwitchRow();
        foreach (var (column, cell) in columns.Zip(cells))
            row._cells[column] = [.. Elements(cell).Select(Read)];
        return row;
    }

    /// <summary>Text.</summary>
    /// <param name="column">The column.</param>
    /// <returns>The text; null where there is none.</returns>
    public string? Text(string column) => Values(column).Select(v => v.Text).FirstOrDefault();

    /// <summary>A switch.</summary>
    /// <param name="column">The column.</param>
    /// <returns>Whether it is on.</returns>
    public bool Flag(string column) => Values(column).Exists(v => v.IsTrue);

    /// <summary>Numbers.</summary>
    /// <param name="column">The column.</param>
    /// <returns>The numbers in it that fit.</returns>
    public IEnumerable<int> Numbers(string column) => Values(column).Select(v => v.Number).OfType<int>();

    /// <summary>References to rows.</summary>
    /// <param name="column">The column.</param>
    /// <returns>The rows' identifiers.</returns>
    public IEnumerable<string> References(string column) => Values(column).Select(v => v.Reference).OfType<string>();

    private static List<JsonElement> Elements(JsonElement cell) =>
        cell.ValueKind is JsonValueKind.Array && cell.GetArrayLength() == 2 && AsText(cell[0]) == "set" && cell[1].ValueKind is JsonValueKind.Array
            ? [.. cell[1].EnumerateArray()]
            : [cell];

    private static Value Read(JsonElement element) => new(
        AsText(element),
        element.ValueKind is JsonValueKind.True,
        element.ValueKind is JsonValueKind.Number && element.TryGetInt32(out var number) ? number : null,
        element.ValueKind is JsonValueKind.Array && element.GetArrayLength() == 2 && AsText(element[0]) == "uuid" ? AsText(element[1]) : null);

    private static string? AsText(JsonElement element) => element.ValueKind is JsonValueKind.String ? element.GetString() : null;

    private List<Value> Values(string column) => _cells.GetValueOrDefault(column) ?? [];

    private readonly record struct Value(string? Text, bool IsTrue, int? Number, string? Reference);
}
