using System.Text.Json;
using XenVlan.Model;

namespace XenVlan.Discovery.Parsing;

/// <summary>Reads <c>ovs-vsctl -f json list</c> of the tables Bridge, Port and Interface (<c>ovs-vswitchd.conf.db(5)</c>).</summary>
internal static class OpenVSwitchParser
{
    /// <summary>Puts the bridges together.</summary>
    /// <param name="bridges">The table Bridge, as JSON.</param>
    /// <param name="ports">The table Port, as JSON.</param>
    /// <param name="interfaces">The table Interface, as JSON.</param>
    /// <returns>The bridges by name, with their ports by name.</returns>
    /// <exception cref="FormatException">One of them is no such table.</exception>
    public static IReadOnlyList<OpenVSwitchBridge> Parse(string bridges, string ports, string interfaces)
    {
        var interfaceNames = Names(Table(interfaces));
        var portRows = new Dictionary<string, OpenVSwitchPort>(StringComparer.Ordinal);
        foreach (var row in Table(ports))
        {
            if (row.References("_uuid").FirstOrDefault() is { } id && row.Text("name") is { } name)
                portRows[id] = Port(row, name, interfaceNames);
        }

        var found = new List<OpenVSwitchBridge>();
        foreach (var row in Table(bridges))
        {
            if (row.Text("name") is { } name)
            {
                var own = row.References("ports").Select(portRows.GetValueOrDefault).OfType<OpenVSwitchPort>();
                found.Add(new OpenVSwitchBridge(name, row.Flag("stp_enable"), [.. own.OrderBy(p => p.Name, StringComparer.Ordinal)]));
            }
        }

        return [.. found.OrderBy(b => b.Name, StringComparer.Ordinal)];
    }

    /// <summary>The interfaces Open vSwitch made itself.</summary>
    /// <param name="interfaces">The table Interface, as JSON.</param>
    /// <returns>The names of those of type <c>internal</c>.</returns>
    /// <exception cref="FormatException">It is no such table.</exception>
    public static IReadOnlySet<string> InternalInterfaces(string interfaces) =>
        Table(interfaces)
            .Where(r => r.Text("type") == "internal")
            .Select(r => r.Text("name"))
            .OfType<string>()
            .ToHashSet(StringComparer.Ordinal);

    private static OpenVSwitchPort Port(OpenVSwitchRow row, string name, Dictionary<string, string> interfaceNames)
    {
        var tag = row.Numbers("tag").Where(IsVlan).Select(n => (VlanId?)new VlanId(n)).FirstOrDefault();
        var trunks = VlanSet.Of(row.Numbers("trunks").Where(IsVlan).Select(n => new VlanId(n)));
        var members = row.References("interfaces").Select(interfaceNames.GetValueOrDefault).OfType<string>();
        return new OpenVSwitchPort(
            name,
            [.. members.Order(StringComparer.Ordinal)],
            tag,
            trunks,
            row.Text("vlan_mode"),
            row.Flag("fake_bridge")
        );
    }

    private static bool IsVlan(int number) => number is >= VlanId.Minimum and <= VlanId.Maximum;

    private static Dictionary<string, string> Names(IEnumerable<OpenVSwitchRow> rows)
    {
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var row in rows)
        {
            if (row.References("_uuid").FirstOrDefault() is { } id && row.Text("name") is { } name)
                found[id] = name;
        }

        return found;
    }

    // A message in place of the table, or a table that was cut off, is no table at all: what could be read of it is not reliable.
    private static List<OpenVSwitchRow> Table(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            if (
                document.RootElement.ValueKind is not JsonValueKind.Object
                || !document.RootElement.TryGetProperty("headings", out var headings)
                || headings.ValueKind is not JsonValueKind.Array
                || !document.RootElement.TryGetProperty("data", out var data)
                || data.ValueKind is not JsonValueKind.Array
            )
            {
                throw new FormatException("a table has no headings or no data");
            }

            var columns = headings.EnumerateArray().Select(h => h.ToString()).ToList();
            var found = new List<OpenVSwitchRow>();
            foreach (var row in data.EnumerateArray())
            {
                if (row.ValueKind is not JsonValueKind.Array || row.GetArrayLength() != columns.Count)
                    throw new FormatException("a row has not as many cells as the table has columns");
                found.Add(OpenVSwitchRow.Of(columns, row.EnumerateArray()));
            }

            return found;
        }
        catch (JsonException e)
        {
            throw new FormatException("it is not JSON", e);
        }
        catch (InvalidOperationException e)
        {
            // Half of a surrogate pair, as an escape, is JSON but no text.
            throw new FormatException("text in it is no Unicode", e);
        }
    }
}

/// <summary>
/// A row of a table of Open vSwitch's database. Sets and references have the form RFC 7047, section 5.1, gives them.
/// </summary>
internal sealed class OpenVSwitchRow
{
    private readonly Dictionary<string, List<Value>> _cells = new(StringComparer.Ordinal);

    private OpenVSwitchRow() { }

    /// <summary>Reads a row.</summary>
    /// <param name="columns">The table's columns.</param>
    /// <param name="cells">The row's cells, in their order.</param>
    /// <exception cref="InvalidOperationException">A text holds half of a surrogate pair.</exception>
    public static OpenVSwitchRow Of(IEnumerable<string> columns, IEnumerable<JsonElement> cells)
    {
        var row = new OpenVSwitchRow();
        foreach (var (column, cell) in columns.Zip(cells))
            row._cells[column] = [.. Elements(cell).Select(Read)];
        return row;
    }

    /// <summary>Text.</summary>
    /// <returns>The text; null where there is none.</returns>
    public string? Text(string column) => Values(column).Select(v => v.Text).FirstOrDefault();

    /// <summary>A switch.</summary>
    public bool Flag(string column) => Values(column).Exists(v => v.IsTrue);

    /// <summary>Numbers.</summary>
    public IEnumerable<int> Numbers(string column) => Values(column).Select(v => v.Number).OfType<int>();

    /// <summary>References to rows.</summary>
    public IEnumerable<string> References(string column) => Values(column).Select(v => v.Reference).OfType<string>();

    private static List<JsonElement> Elements(JsonElement cell) =>
        cell.ValueKind is JsonValueKind.Array
        && cell.GetArrayLength() == 2
        && AsText(cell[0]) == "set"
        && cell[1].ValueKind is JsonValueKind.Array
            ? [.. cell[1].EnumerateArray()]
            : [cell];

    private static Value Read(JsonElement element) =>
        new(
            AsText(element),
            element.ValueKind is JsonValueKind.True,
            element.ValueKind is JsonValueKind.Number && element.TryGetInt32(out var number) ? number : null,
            element.ValueKind is JsonValueKind.Array && element.GetArrayLength() == 2 && AsText(element[0]) == "uuid"
                ? AsText(element[1])
                : null
        );

    private static string? AsText(JsonElement element) => element.ValueKind is JsonValueKind.String ? element.GetString() : null;

    private List<Value> Values(string column) => _cells.GetValueOrDefault(column) ?? [];

    private readonly record struct Value(string? Text, bool IsTrue, int? Number, string? Reference);
}
