using Spectre.Console;
using Spectre.Console.Rendering;
using XenVlan.Model;

namespace XenVlan.Cli.Output;

/// <summary>Where results are printed: a terminal of some width, or a file or pipe, where lines may be of any length.</summary>
internal sealed class Screen
{
    // Wide enough that nothing is ever wrapped; Spectre.Console needs some number.
    private const int EndlessWidth = 10_000;

    // Where less is left for a table's last column, its lines are better broken by the terminal: Spectre.Console would
    // break words, and leave columns out.
    private const int NarrowestColumn = 24;

    private readonly TextWriter _writer;
    private readonly int _width;
    private readonly bool _colours;

    /// <summary>Makes a screen.</summary>
    /// <param name="writer">Where to print.</param>
    /// <param name="width">The terminal's width in characters; null where there is no terminal.</param>
    /// <param name="colours">Whether to print colours.</param>
    public Screen(TextWriter writer, int? width, bool colours)
    {
        _writer = writer;
        _width = width ?? EndlessWidth;
        _colours = colours;
    }

    /// <summary>Prints text as it is.</summary>
    /// <param name="text">Text of XenVlan's own, which is safe to print; JSON or a tree.</param>
    public void WriteRaw(string text)
    {
        _writer.Write(text);
        if (!text.EndsWith('\n'))
            _writer.WriteLine();
    }

    /// <summary>Prints a piece of text as it is, and nothing behind it.</summary>
    /// <param name="text">As of <see cref="WriteRaw"/>.</param>
    public void WritePart(string text) => _writer.Write(text);

    /// <summary>Prints an empty line.</summary>
    public void Line() => _writer.WriteLine();

    /// <summary>Prints a line, wrapped where the terminal is too narrow.</summary>
    /// <param name="text">Any text.</param>
    /// <param name="style">Its style; null for the plain one.</param>
    /// <param name="indent">How many spaces to put before each of its lines.</param>
    public void Line(string text, Style? style = null, int indent = 0) =>
        Write(new Padder(new Text(DisplayText.Clean(text, int.MaxValue), style), new Padding(indent, 0, 0, 0)), _width);

    /// <summary>Prints a line that is never wrapped, as the lines below each other belong together.</summary>
    /// <param name="text">Any text.</param>
    /// <param name="style">Its style; null for the plain one.</param>
    public void Row(string text, Style? style = null) => Write(new Text(DisplayText.Clean(text, int.MaxValue), style), EndlessWidth);

    /// <summary>Prints a table.</summary>
    public void Write(Listing listing)
    {
        ArgumentNullException.ThrowIfNull(listing);
        Write(listing.ToTable(), _width - listing.WidthBeforeLastColumn < NarrowestColumn ? EndlessWidth : _width);
    }

    private void Write(IRenderable what, int width)
    {
        using var text = new StringWriter();
        var console = AnsiConsole.Create(
            new AnsiConsoleSettings
            {
                // Without ANSI it would set the process's own console back to its colours, with ANSI.
                Ansi = AnsiSupport.Yes,
                ColorSystem = ColorSystemSupport.Standard,
                Interactive = InteractionSupport.No,
                Out = new AnsiConsoleOutput(text),
                EnvironmentVariables = new Dictionary<string, string>(StringComparer.Ordinal),
            }
        );
        console.Profile.Width = width;
        if (_colours)
        {
            console.Write(what);
        }
        else
        {
            foreach (var segment in what.GetSegments(console).Where(s => !s.IsControlCode))
                text.Write(segment.Text);
        }

        // Tables are filled up with spaces, which nobody sees and diff does.
        foreach (var line in text.ToString().TrimEnd('\n').Split('\n'))
            _writer.WriteLine(line.TrimEnd());
    }
}
