using Spectre.Console;

namespace XenVlan.Cli.Output;

/// <summary>A table in the making. Only its last column wraps where the terminal is narrow.</summary>
internal sealed class Listing(params string[] columns)
{
    private const int Gap = 2;

    private readonly List<Cell[]> _rows = [];

    /// <summary>How many characters all columns but the last one take.</summary>
    public int WidthBeforeLastColumn =>
        Enumerable.Range(0, columns.Length - 1).Sum(i => Gap + _rows.Select(r => r[i].Text.Length).Append(columns[i].Length).Max());

    /// <summary>Adds a row.</summary>
    public Listing Row(params Cell[] cells)
    {
        if (cells.Length != columns.Length)
            throw new ArgumentException($"The table has {columns.Length} columns, not {cells.Length}.", nameof(cells));
        _rows.Add(cells);
        return this;
    }

    /// <summary>The table.</summary>
    /// <returns>What Spectre.Console prints.</returns>
    public Table ToTable()
    {
        var table = new Table().Border(TableBorder.None);
        for (var i = 0; i < columns.Length; i++)
        {
            var isLast = i == columns.Length - 1;
            table.AddColumn(
                new TableColumn(new Text(columns[i], new Style(decoration: Decoration.Bold)))
                {
                    NoWrap = !isLast,
                    Padding = new Padding(0, 0, isLast ? 0 : Gap, 0),
                }
            );
        }

        foreach (var row in _rows)
            table.AddRow(row.Select(c => new Text(c.Text, c.Style)));
        return table;
    }
}
