using System.Text;
using XenVlan.Changes.Persistence.Files;

namespace XenVlan.Changes.Persistence.Netplan;

/// <summary>
/// The text of a file of netplan, changed where it says something else: comments, empty lines and the way of writing stay with
/// what stays.
/// </summary>
internal sealed class NetplanText
{
    private const char Utf8 = '\x80';

    private readonly IReadOnlyList<string> _lines;
    private readonly StringBuilder _text = new();
    private readonly List<int> _lost = [];

    private NetplanText(string text) => _lines = TextLines.Split(text);

    /// <summary>Changes a text.</summary>
    /// <param name="text">The text, a byte a character.</param>
    /// <param name="after">What it is to say.</param>
    /// <param name="lost">The lines with a comment that could not be kept, from 1; not those of entries that go.</param>
    public static string With(string text, NetplanMap after, out IReadOnlyList<int> lost)
    {
        lost = [];
        var before = NetplanReader.Read(text, out _);
        if (Same(before, after))
            return text;

        // A last line without its end stays one.
        var isEnded = text.Length == 0 || text.EndsWith('\n');
        var changed = new NetplanText(isEnded ? text : text + "\n");
        if (before.Entries.Count == 0)
            changed.Keep(0, changed._lines.Count);
        if (!HasOtherBreaks(text) && (before.Entries.Count == 0 || IsBlock(before, before.Entries.Count)))
            changed.WriteMap(before, after, 0, before.Entries.Count == 0 ? 0 : changed._lines.Count);
        var result = changed._text.ToString();
        result = isEnded ? result : result[..^Math.Min(1, result.Length)];
        lost = changed._lost;
        if (NetplanReader.Read(result, out var problem) is var said && problem is null && Same(said, after))
            return result;

        // What is written in no way that is known here is written anew.
        lost = [.. changed.Comments()];
        return NetplanWriter.Write(after);
    }

    /// <summary>Whether a text has a comment that is not XenVlan's.</summary>
    public static bool HasComments(string text) => new NetplanText(text).Comments().Any();

    private static bool Same(NetplanNode? one, NetplanNode? other) =>
        (one, other) switch
        {
            (NetplanScalar a, NetplanScalar b) => a.Value == b.Value,
            (NetplanList a, NetplanList b) => a.Items.Count == b.Items.Count && a.Items.Zip(b.Items).All(p => Same(p.First, p.Second)),
            (NetplanMap a, NetplanMap b) => a.Entries.Count == b.Entries.Count && a.Entries.TrueForAll(e => Same(e.Value, b.Get(e.Key))),
            _ => false,
        };

    // What is the end of a line to YAML 1.1 (5.4), and no line feed: then the reader's lines are others.
    private static bool HasOtherBreaks(string text) =>
        Encoding
            .UTF8.GetString(Encoding.Latin1.GetBytes(text))
            .Replace("\r\n", "\n", StringComparison.Ordinal)
            .AsSpan()
            .ContainsAny("\r\x85\u2028\u2029");

    // A mapping or list of which each part begins on a line of its own, below the one before.
    private static bool IsBlock(NetplanNode node, int count) =>
        node.Places.Count == count && count > 0 && node.Places.Zip(node.Places.Skip(1)).All(p => p.Second.First > p.First.Last);

    private void WriteMap(NetplanMap before, NetplanMap after, int from, int to)
    {
        var at = from;
        var indent = before.Places is [var head, ..] ? head.Column - 1 : 0;
        for (var i = 0; i < before.Entries.Count; i++)
        {
            var (key, value) = before.Entries[i];
            var (first, next) = (before.Places[i].First - 1, before.Places[i].Last);
            Keep(at, first);
            at = next;
            if (after.Get(key) is not { } now)
                continue;
            if (Same(value, now))
                Keep(first, next);
            else
                WriteEntry(key, value, now, indent, first, next);
        }

        foreach (var (key, value) in after.Entries.Where(e => before.Get(e.Key) is null))
            NetplanWriter.WriteEntry(_text, key, value, indent);
        Keep(at, to);
    }

    private void WriteEntry(string key, NetplanNode value, NetplanNode now, int indent, int first, int next)
    {
        // Of an alias, what it stands for begins before it.
        var isBelow = value.Line - 1 > first && value.Line <= next;
        if (isBelow && value is NetplanMap map && now is NetplanMap { Entries.Count: > 0 } other && IsBlock(map, map.Entries.Count))
        {
            Keep(first, value.Line - 1);
            WriteMap(map, other, value.Line - 1, next);
        }
        else if (isBelow && value is NetplanList list && now is NetplanList { Items.Count: > 0 } items && IsBlock(list, list.Items.Count))
        {
            Keep(first, value.Line - 1);
            WriteList(list, items, value.Line - 1, next);
        }
        else if (!Exchange(value, now, first, next))
        {
            var comment = next == first + 1 ? CommentOf(first) : "";
            NetplanWriter.WriteEntry(_text, key, now, indent, comment);
            Lose(first, next, comment);
        }
    }

    private void WriteList(NetplanList before, NetplanList after, int from, int to)
    {
        var at = from;
        var indent = DashOf(from);
        var written = 0;
        for (var i = 0; i < before.Items.Count; i++)
        {
            var (item, first, next) = (before.Items[i], before.Places[i].First - 1, before.Places[i].Last);
            Keep(at, first);
            at = next;

            // One that is still there follows those that come before it; one that is not there any more makes room for one.
            var same = after.Items.FindIndex(written, a => Same(a, item));
            if (same >= 0 || (written < after.Items.Count && !before.Items.Exists(b => Same(b, after.Items[written]))))
            {
                for (; same > written; written++)
                    NetplanWriter.WriteItem(_text, after.Items[written], indent);
                if (same >= 0)
                    Keep(first, next);
                else if (!Exchange(item, after.Items[written], first, next) && !ExchangeKey(item, after.Items[written], first, next))
                {
                    NetplanWriter.WriteItem(_text, after.Items[written], indent);
                    Lose(first, next, "");
                }

                written++;
            }
        }

        foreach (var item in after.Items.Skip(written))
            NetplanWriter.WriteItem(_text, item, indent);
        Keep(at, to);
    }

    // A single value, in the line it stands in.
    private bool Exchange(NetplanNode value, NetplanNode now, int first, int next)
    {
        if (value is not NetplanScalar { Columns: var (from, before), Line: var line } || now is not NetplanScalar)
            return false;
        if (next != line || first >= line)
            return false;
        var raw = _lines[line - 1];
        if (before - 1 > raw.Length || raw.Any(c => c >= Utf8))
            return false;
        Keep(first, line - 1);
        _ = _text.Append(raw.AsSpan(0, from - 1)).Append(NetplanWriter.Simple(now)).Append(raw.AsSpan(before - 1));
        return true;
    }

    // An address with options is the first key of its item.
    private bool ExchangeKey(NetplanNode item, NetplanNode now, int first, int next)
    {
        if (item is not NetplanMap was || now is not NetplanMap { Entries.Count: > 0 } map || !IsBlock(was, map.Entries.Count))
            return false;
        var (old, @new) = (was.Entries[0].Key, map.Entries[0].Key);
        var renamed = new NetplanMap();
        foreach (var (key, value) in was.Entries)
            renamed.Set(key == old ? @new : key, value);

        var (line, column) = (was.Places[0].First - 1, was.Places[0].Column - 1);
        var raw = _lines[line];
        if (
            !Same(renamed, map)
            || line != first
            || raw.Any(c => c >= Utf8)
            || !raw[Math.Min(column, raw.Length)..].StartsWith(old + ":", StringComparison.Ordinal)
        )
            return false;
        var written = NetplanWriter.Simple(new NetplanScalar(@new));
        _ = _text.Append(raw.AsSpan(0, column)).Append(written).Append(raw.AsSpan(column + old.Length));
        Keep(line + 1, next);
        return true;
    }

    private void Keep(int from, int to)
    {
        for (var i = from; i < Math.Min(to, _lines.Count); i++)
            _ = _text.Append(_lines[i]);
    }

    private void Lose(int from, int to, string kept)
    {
        if (kept.Length == 0)
            _lost.AddRange(Enumerable.Range(from, to - from).Where(HasComment).Select(i => i + 1));
    }

    private int DashOf(int line) => _lines[line].TakeWhile(c => c == ' ').Count();

    // But for XenVlan's.
    private IEnumerable<int> Comments() =>
        Enumerable.Range(0, _lines.Count).Where(i => HasComment(i) && _lines[i] != NetplanWriter.Head).Select(i => i + 1);

    private bool HasComment(int line) => CommentOf(line).Length > 0;

    // A number sign begins one at the beginning or after a blank, outside of quotation marks (YAML 1.1, 6.6 of 1.2).
    private string CommentOf(int line)
    {
        var raw = _lines[line].TrimEnd('\r', '\n');
        var quote = '\0';
        for (var i = 0; i < raw.Length; i++)
        {
            var isAfterBlank = i == 0 || raw[i - 1] is ' ' or '\t';
            if (quote != '\0')
                quote = raw[i] == quote && (quote is '\'' || raw[i - 1] is not '\\') ? '\0' : quote;
            else if (raw[i] is '"' or '\'' && (isAfterBlank || raw[i - 1] is '[' or '{' or ',' or ':'))
                quote = raw[i];
            else if (raw[i] is '#' && isAfterBlank)
                return raw[raw[..i].TrimEnd(' ', '\t').Length..];
        }

        return "";
    }
}
