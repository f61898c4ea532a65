using System.Globalization;

namespace XenVlan.Discovery;

/// <summary>What <see cref="ProbeScript"/> printed, section by section.</summary>
internal sealed class ProbeOutput
{
    private readonly Dictionary<string, ProbeSection> _sections;

    private ProbeOutput(Dictionary<string, ProbeSection> sections) => _sections = sections;

    /// <summary>A section.</summary>
    /// <param name="name">Its name in <see cref="ProbeScript"/>.</param>
    /// <returns>The section; one without lines where the script did not come to it.</returns>
    public ProbeSection this[string name] =>
        _sections.TryGetValue(name, out var section) ? section : ProbeSection.Absent(name);

    /// <summary>Whether the script came to a section.</summary>
    /// <param name="name">Its name in <see cref="ProbeScript"/>.</param>
    /// <returns>Whether it began.</returns>
    public bool Has(string name) => _sections.ContainsKey(name);

    /// <summary>Takes the output apart.</summary>
    /// <param name="output">The script's standard output.</param>
    /// <param name="errors">The script's standard error.</param>
    /// <param name="mark">The word the script was built with.</param>
    /// <returns>The sections.</returns>
    public static ProbeOutput Parse(string output, string errors, string mark)
    {
        var begin = mark + " begin ";
        var end = mark + " end ";
        var firstErrors = FirstErrors(errors, begin);
        var sections = new Dictionary<string, ProbeSection>(StringComparer.Ordinal);
        string? name = null;
        var lines = new List<string>();

        foreach (var line in output.Split('\n'))
        {
            if (line.StartsWith(begin, StringComparison.Ordinal))
            {
                Close(null);
                name = line[begin.Length..];
            }
            else if (line.StartsWith(end, StringComparison.Ordinal))
            {
                Close(int.TryParse(line.AsSpan(end.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var status) ? status : null);
            }
            else if (name is not null)
            {
                lines.Add(line);
            }
        }

        Close(null);
        return new ProbeOutput(sections);

        void Close(int? status)
        {
            if (name is null)
                return;

            // The line feed before the mark is the script's own.
            if (lines.Count > 0 && lines[^1].Length == 0)
                lines.RemoveAt(lines.Count - 1);
            sections[name] = new ProbeSection(name, lines, status, firstErrors.GetValueOrDefault(name, ""));
            name = null;
            lines = [];
        }
    }

    private static Dictionary<string, string> FirstErrors(string errors, string begin)
    {
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        string? name = null;
        foreach (var line in errors.Split('\n'))
        {
            if (line.StartsWith(begin, StringComparison.Ordinal))
                name = line[begin.Length..];
            else if (name is not null && !string.IsNullOrWhiteSpace(line))
                _ = found.TryAdd(name, line.Trim());
        }

        return found;
    }
}
