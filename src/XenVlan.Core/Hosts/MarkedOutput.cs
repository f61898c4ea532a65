using System.Globalization;
using System.Text;

namespace XenVlan.Hosts;

/// <summary>Reads one stream of a shell up to the line that marks a script's end.</summary>
/// <param name="mark">The random word of the marker lines.</param>
/// <param name="maximum">How many characters to keep at most.</param>
/// <param name="onLine">Called for each line between the markers.</param>
/// <param name="drains">Whether to go on reading, without keeping anything, when there is too much.</param>
internal sealed class MarkedOutput(string mark, int maximum, Action<string>? onLine, bool drains = false)
{
    private const int BufferSize = 8192;

    private readonly StringBuilder _text = new();
    private readonly StringBuilder _line = new();
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
        // Not by ReadLineAsync, which holds a line of any length and cannot tell a carriage return from a line feed.
        var buffer = new char[BufferSize];
        int count;
        while ((count = await reader.ReadAsync(buffer.AsMemory(), cancellationToken).ConfigureAwait(false)) > 0)
        {
            var rest = buffer.AsMemory(0, count);
            for (var feed = rest.Span.IndexOf('\n'); feed >= 0; feed = rest.Span.IndexOf('\n'))
            {
                Extend(rest.Span[..feed]);
                rest = rest[(feed + 1)..];
                if (EndLine())
                    return;
            }

            Extend(rest.Span);
            if (IsTooLarge && !drains)
                return;
        }

        if (_line.Length > 0)
            _ = EndLine();
    }

    private void Extend(ReadOnlySpan<char> part)
    {
        var room = IsTooLarge ? 0 : maximum - _text.Length;
        if (_line.Length + part.Length > room)
            IsTooLarge = true;

        // A marker is recognised even where there is no room for other lines.
        var keep = Math.Max(room, _end.Length + 4) - _line.Length;
        if (keep > 0)
            _line.Append(part[..Math.Min(keep, part.Length)]);
    }

    private bool EndLine()
    {
        var line = _line.ToString();
        _line.Clear();
        if (line.StartsWith(_end, StringComparison.Ordinal)
            && int.TryParse(line.AsSpan(_end.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var status))
        {
            ExitStatus = status;

            // The line feed before the marker is ours.
            if (_text.Length > 0)
                _text.Length--;
            return true;
        }

        if (!HasBegun && string.Equals(line, _begin, StringComparison.Ordinal))
        {
            HasBegun = true;
            _text.Clear();
            return false;
        }

        if (IsTooLarge)
            return !drains;

        _text.Append(line).Append('\n');
        if (HasBegun)
            onLine?.Invoke(line);
        return false;
    }
}
