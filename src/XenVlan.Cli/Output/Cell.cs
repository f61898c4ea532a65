using System.Globalization;
using Spectre.Console;
using XenVlan.Model;

namespace XenVlan.Cli.Output;

/// <summary>A cell of a table: text that is safe to print, and how it looks.</summary>
internal readonly record struct Cell
{
    private const string Nothing = "-";

    /// <summary>Makes a cell.</summary>
    /// <param name="text">Any text; a dash stands for none.</param>
    /// <param name="style">How it looks; null for plain.</param>
    public Cell(string? text, Style? style = null)
    {
        Text = string.IsNullOrEmpty(text) ? Nothing : DisplayText.Clean(text);
        Style = style;
    }

    /// <summary>The text, free of control characters.</summary>
    public string Text { get; }

    /// <summary>How it looks; null for plain.</summary>
    public Style? Style { get; }

    /// <summary>A cell with text.</summary>
    public static implicit operator Cell(string? text) => new(text);

    /// <summary>A cell with a number.</summary>
    /// <param name="number">The number; null for none.</param>
    public static implicit operator Cell(int? number) => new(number?.ToString(CultureInfo.InvariantCulture));
}
