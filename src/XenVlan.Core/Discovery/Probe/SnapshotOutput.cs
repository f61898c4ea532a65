using System.Globalization;

namespace XenVlan.Discovery.Probe;

/// <summary>What <see cref="SnapshotScript"/> printed, section by section.</summary>
internal sealed class SnapshotOutput
{
    private readonly Dictionary<string, SnapshotSection> _sections;

    private SnapshotOutput(Dictionary<string, SnapshotSection> sections) => _sections = sections;

    /// <summary>A section.</summary>
    /// <param name="name">Its name in <see cref="SnapshotScript"/>.</param>
    /// <returns>The section; one without lines where the script did not come to it.</returns>
    public SnapshotSection this[string name] => _sections.TryGetValue(name, out var section) ? section : SnapshotSection.Absent(name);

    /// <summary>Whether the script came to a section.</summary>
    /// <param name="name">Its name in <see cref="SnapshotScript"/>.</param>
    public bool Has(string name) => _sections.ContainsKey(name);

    /// <summary>Takes the output apart.</summary>
    /// <param name="output">The script's standard output.</param>
    /// <param name="errors">The script's standard error.</param>
    /// <param name="mark">The word the script was built with.</param>
    public static SnapshotOutput Parse(string output, string errors, string mark)
    {
        using var reader = new Reader(mark);
        foreach (var line in output.Split('\n'))
            reader.Add(line);
        return reader.End(errors);
    }

    /// <summary>Takes the output apart while it comes.</summary>
    /// <param name="mark">The word the script was built with.</param>
    public sealed class Reader(string mark) : IDisposable
    {
        private const int BytesOfSection = 256;

        private readonly string _begin = mark + " begin ";
        private readonly string _end = mark + " end ";
        private readonly Dictionary<string, (PackedLines Lines, int? Status)> _sections = new(StringComparer.Ordinal);
        private string? _name;
        private string? _last;
        private PackedLines _lines = new();
        private long _closedBytes;

        /// <summary>How many bytes are held, about.</summary>
        public long HeldBytes => _closedBytes + _lines.HeldBytes;

        /// <summary>Takes a line.</summary>
        public void Add(string line)
        {
            if (line.StartsWith(_begin, StringComparison.Ordinal))
            {
                Close(null);
                _name = line[_begin.Length..];

                // A connection that was lost is tried again, from the start.
                if (_name == "host")
                {
                    _sections.Clear();
                    _closedBytes = 0;
                }
            }
            else if (line.StartsWith(_end, StringComparison.Ordinal))
            {
                Close(
                    int.TryParse(line.AsSpan(_end.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var status) ? status : null
                );
            }
            else if (_name is not null)
            {
                if (_last is not null)
                    _lines.Add(_last);
                _last = line;
            }
        }

        /// <summary>Frees what no section was made of.</summary>
        public void Dispose() => _lines.Dispose();

        /// <summary>Ends it.</summary>
        public SnapshotOutput End(string errors)
        {
            Close(null);
            var first = FirstErrors(errors, _begin);
            return new SnapshotOutput(
                _sections.ToDictionary(
                    s => s.Key,
                    s => new SnapshotSection(s.Key, s.Value.Lines, s.Value.Status, first.GetValueOrDefault(s.Key, "")),
                    StringComparer.Ordinal
                )
            );
        }

        private void Close(int? status)
        {
            if (_name is null)
                return;

            // The line feed before the mark is the script's own.
            if (!string.IsNullOrEmpty(_last))
                _lines.Add(_last);
            _sections[_name] = (_lines.End(), status);
            _closedBytes += _lines.HeldBytes + BytesOfSection + (_name.Length * sizeof(char));
            _name = null;
            _last = null;
            _lines = new PackedLines();
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

/// <summary>What one source on a host printed.</summary>
/// <param name="Name">The section's name in <see cref="SnapshotScript"/>.</param>
/// <param name="Lines">Its output.</param>
/// <param name="ExitStatus">How it ended; null when the end was not seen.</param>
/// <param name="Error">The first line of its standard error that says something; empty when none does.</param>
internal sealed record SnapshotSection(string Name, IReadOnlyList<string> Lines, int? ExitStatus, string Error)
{
    /// <summary>Whether the source could be read wholly.</summary>
    public bool Succeeded => ExitStatus == 0;

    /// <summary>A section that is not there.</summary>
    /// <returns>A section without lines and without an end.</returns>
    public static SnapshotSection Absent(string name) => new(name, [], null, "");
}
