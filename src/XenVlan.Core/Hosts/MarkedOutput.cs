using System.Globalization;
using System.Text;

namespace XenVlan.Hosts;

/// <summary>Reads one stream of a shell up to the line that marks a script's end.</summary>
/// <param name="mark">The random word of the marker lines.</param>
/// <param name="maximum">How many characters to keep at most.</param>
/// <param name="onLine">Called for each line between the markers.</param>
/// <param name="keeps">Whether to keep what is printed; where not, <paramref name="onLine"/> takes it.</param>
/// <param name="drains">Whether to go on reading, without keeping anything, when there is too much.</param>
internal sealed class MarkedOutput(string mark, int maximum, Action<string>? onLine, bool drains = false, bool keeps = true)
{
    private const int BufferSize = 8192;
    private const int KeptLastLines = 3;
    private const int LongestLastLine = 400;
    private const int LongestPassingLine = 2 * 1024 * 1024;

    private readonly StringBuilder _text = new();
    private readonly StringBuilder _line = new();
    private long _passed;
    private readonly Queue<string> _last = new();
    private readonly string _begin = mark + " begin";
    private readonly string _end = mark + " end ";

    /// <summary>Whether the script's beginning was seen.</summary>
    public bool HasBegun { get; private set; }

    /// <summary>Whether more was printed than is kept.</summary>
    public bool IsTooLarge { get; private set; }

    /// <summary>What there was too much of, such as <c>more than 1000 characters</c>.</summary>
    public string Excess { get; private set; } = "";

    /// <summary>The script's exit status; null when its end was not seen.</summary>
    public int? ExitStatus { get; private set; }

    /// <summary>What was printed: by the script once it began, before that by the login or by ssh.</summary>
    public string Text => _text.ToString();

    /// <summary>The last lines that say something, of those behind the last with a mark of XenVlan's own, in one; also where there was too
    /// much to keep.</summary>
    public string LastLines => string.Join(' ', _last);

    /// <summary>Reads until the end marker, the end of the stream, or too much.</summary>
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
        var room =
            IsTooLarge ? 0
            : keeps ? maximum - _text.Length
            : (int)Math.Clamp(maximum - _passed, 0, LongestPassingLine);
        if (_line.Length + part.Length > room && !IsTooLarge)
        {
            IsTooLarge = true;
            Excess =
                !keeps && room == LongestPassingLine
                    ? string.Create(CultureInfo.InvariantCulture, $"a line of more than {room} characters")
                    : string.Create(CultureInfo.InvariantCulture, $"more than {maximum} characters");
        }

        // A marker is recognised even where there is no room for other lines; and of those that are drained, each is read a little.
        var keep = Math.Max(room, drains ? LongestLastLine : _end.Length + 4) - _line.Length;
        if (keep > 0)
            _line.Append(part[..Math.Min(keep, part.Length)]);
    }

    private void Remember(string line)
    {
        if (UniqueToken.IsIn(line))
            _last.Clear();
        else if (!string.IsNullOrWhiteSpace(line))
            _last.Enqueue(line.Trim());
        if (_last.Count > KeptLastLines)
            _ = _last.Dequeue();
    }

    private bool EndLine()
    {
        var line = _line.ToString();
        _line.Clear();
        if (
            line.StartsWith(_end, StringComparison.Ordinal)
            && int.TryParse(line.AsSpan(_end.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var status)
        )
        {
            ExitStatus = status;

            // The line feed before the marker is ours.
            if (_text.Length > 0)
                _text.Length--;
            return true;
        }

        if (!HasBegun && line == _begin)
        {
            HasBegun = true;
            _text.Clear();
            return false;
        }

        if (drains)
            Remember(line);
        if (IsTooLarge)
            return !drains;

        _passed += line.Length + 1;
        if (keeps)
            _text.Append(line).Append('\n');
        if (HasBegun)
            onLine?.Invoke(line);
        return false;
    }
}
