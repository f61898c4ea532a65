using System.Globalization;
using System.Text;

namespace XenVlan.Hosts;

/// <summary>Reads one stream of a shell up to the line that marks a script's end.</summary>
/// <param name="mark">The random word of the marker lines.</param>
/// <param name="maximum">How many characters to keep at most.</param>
/// <param name="onLine">Called for each line between the markers.</param>
internal sealed class MarkedOutput(string mark, int maximum, Action<string>? onLine)
{
    private readonly StringBuilder _text = new();
    private readonly string _begin = mark + " begin";
    private readonly string _end = mark + " end ";

    /// <summary>Whether the script's beginning was seen.</summary>
    public bool HasBegun { get; private set; }

    /// <summary>Whether more was printed than is kept.</summary>
    public bool IsTooLarge { get; private set; }

    /// <summary>The script's exit status; null when its end was not seen.</summary>
    public int? ExitStatus { get; private set; }

    /// <summary>What was printed: by the script once it began, before that by the login or by ssh.</summary>
    public string Text => _text.ToString();

    /// <summary>Reads until the end marker, the end of the stream, or too much.</summary>
    /// <param name="reader">The stream.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <returns>A task that ends when the reading does.</returns>
    public async Task ReadAsync(TextReader reader, CancellationToken cancellationToken)
    {
        while (await reader.ReadLineAsync(cancellationToken).ConfigureAwait(false) is { } line)
        {
            if (line.StartsWith(_end, StringComparison.Ordinal)
                && int.TryParse(line.AsSpan(_end.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var status))
            {
                ExitStatus = status;

                // The line feed before the marker is ours.
                if (_text.Length > 0)
                    _text.Length--;
                return;
            }

            if (!HasBegun && string.Equals(line, _begin, StringComparison.Ordinal))
            {
                HasBegun = true;
                _text.Clear();
                continue;
            }

            if (_text.Length + line.Length >= maximum)
            {
                IsTooLarge = true;
                return;
            }

            _text.Append(line).Append('\n');
            if (HasBegun)
                onLine?.Invoke(line);
        }
    }
}
