using System.Text;
using XenVlan.Model;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace XenVlan.Topology.Yaml;

/// <summary>Reads YAML into nodes that know their places.</summary>
internal sealed class NodeReader
{
    // A valid document nests less than ten deep. The limits keep a hostile one from using up the stack, or the memory
    // by aliases of aliases.
    private const int MaximumDepth = 32;
    private const int MaximumAliasedNodes = 100_000;

    private readonly string _text;
    private readonly DocumentErrors _errors;
    private readonly Parser _parser;
    private readonly Dictionary<string, DocumentNode> _anchors = new(StringComparer.Ordinal);
    private int _aliasedNodes;

    private NodeReader(string text, DocumentErrors errors)
    {
        _text = text;
        _errors = errors;
        _parser = new Parser(new StringReader(text));
    }

    /// <summary>Reads a text that holds one document.</summary>
    /// <exception cref="ReadingStoppedException">It is not YAML, or not one document.</exception>
    public static DocumentNode Read(string text, DocumentErrors errors)
    {
        if (Encoding.UTF8.GetByteCount(text) > TopologyDocument.MaximumBytes)
        {
            throw errors.Stop(
                new SourcePosition(1, 1),
                $"The document is larger than {TopologyDocument.MaximumBytes / 1024 / 1024} MiB.",
                ErrorIds.DocumentUnreadable
            );
        }

        var zero = text.IndexOf('\0', StringComparison.Ordinal);
        if (zero >= 0)
            throw errors.Stop(
                PositionOf(text, zero),
                "Here is a NUL character: this is not text, or not UTF-8.",
                ErrorIds.DocumentUnreadable
            );

        return new NodeReader(text.TrimStart('\uFEFF'), errors).ReadDocument();
    }

    private DocumentNode ReadDocument()
    {
        _ = Next();
        if (Next() is not DocumentStart)
            throw Empty();

        var root = ReadNode(Next(), depth: 0);
        if (root.IsNothing)
            throw Empty();

        _ = Next();
        if (Next() is DocumentStart second)
            _errors.Add(Position(second.Start), "A second document begins here; a file holds one.");
        return root;
    }

    private ReadingStoppedException Empty() =>
        _errors.Stop(
            new SourcePosition(1, 1),
            $"The document is empty; expected a mapping that begins with apiVersion: {TopologyDocument.ApiVersion}.",
            ErrorIds.DocumentInvalid
        );

    private DocumentNode ReadNode(ParsingEvent start, int depth)
    {
        var position = Position(start.Start);
        if (depth > MaximumDepth)
            throw _errors.Stop(position, $"This is nested more than {MaximumDepth} deep.", ErrorIds.DocumentInvalid);

        if (start is AnchorAlias alias)
            return Resolve(alias, position);

        if (start is NodeEvent { Tag.IsEmpty: false } tagged)
            _errors.Add(
                position,
                $"The tag {DisplayText.Clean(tagged.Tag.Value.Replace("tag:yaml.org,2002:", "!!", StringComparison.Ordinal))} is not "
                    + $"allowed; leave it out."
            );

        DocumentNode node = start switch
        {
            Scalar scalar => new ScalarNode(scalar.Value, scalar.Style is ScalarStyle.Plain, position),
            SequenceStart => ReadList(position, depth),
            _ => ReadMap(position, depth),
        };

        if (start is NodeEvent { Anchor.IsEmpty: false } anchored)
            _anchors[anchored.Anchor.Value] = node;
        return node;
    }

    private ListNode ReadList(SourcePosition position, int depth)
    {
        var items = new List<DocumentNode>();
        while (Next() is var next and not SequenceEnd)
            items.Add(ReadNode(next, depth + 1));
        return new ListNode(items, position);
    }

    private MapNode ReadMap(SourcePosition position, int depth)
    {
        var entries = new List<MapEntry>();
        var first = new Dictionary<string, SourcePosition>(StringComparer.Ordinal);
        while (Next() is var next and not MappingEnd)
        {
            var key = ReadNode(next, depth + 1);
            var value = ReadNode(Next(), depth + 1);
            if (key is not ScalarNode name)
                _errors.Add(key.Position, $"A key must be a single value, and this is {key.Kind}.");
            else if (name is { IsPlain: true, Text: "<<" })
                _errors.Add(name.Position, "Merge keys (<<) are not supported; write the keys out, or give the whole value by an alias.");
            else if (!first.TryAdd(name.Text, name.Position))
                _errors.Add(name.Position, $"The key {DisplayText.Quote(name.Text)} is there twice; the first is at {first[name.Text]}.");
            else
                entries.Add(new MapEntry(name, value));
        }

        return new MapNode(entries, position);
    }

    private DocumentNode Resolve(AnchorAlias alias, SourcePosition position)
    {
        if (!_anchors.TryGetValue(alias.Value.Value, out var node))
            throw _errors.Stop(
                position,
                $"No anchor &{DisplayText.Clean(alias.Value.Value)} ends before this alias.",
                ErrorIds.DocumentInvalid
            );

        _aliasedNodes += node.Size;
        return _aliasedNodes <= MaximumAliasedNodes
            ? node
            : throw _errors.Stop(
                position,
                $"The aliases up to here repeat more than {MaximumAliasedNodes} values.",
                ErrorIds.DocumentInvalid
            );
    }

    private ParsingEvent Next()
    {
        try
        {
            return _parser.MoveNext() ? _parser.Current! : throw new YamlException("the document ends too early");
        }
        catch (YamlException exception)
        {
            throw NotYaml(Position(exception.Start), exception.Message);
        }
        catch (Exception exception) when (exception is InvalidOperationException or ArgumentException)
        {
            // The parser lets a few malformed texts through to its own collections and constructors.
            throw NotYaml(
                _parser.Current is { } last ? Position(last.End) : new SourcePosition(1, 1),
                "what follows here cannot be parsed"
            );
        }
    }

    private ReadingStoppedException NotYaml(SourcePosition position, string why)
    {
        return why.Contains("tab", StringComparison.OrdinalIgnoreCase) && FindIndentingTab() is { } tab
            ? _errors.Stop(tab, "This line is indented with a tab; YAML is indented with spaces.", ErrorIds.DocumentUnreadable)
            : _errors.Stop(WithinText(position), $"This is not YAML: {DisplayText.Clean(why).TrimEnd('.')}.", ErrorIds.DocumentUnreadable);
    }

    // To the parser, the end of a text is in the line after the last.
    private SourcePosition WithinText(SourcePosition position)
    {
        var end = new SourcePosition(0, 0);
        foreach (var line in _text.AsSpan().EnumerateLines())
            end = new SourcePosition(end.Line + 1, line.Length + 1);
        return position < end ? position : end;
    }

    // The parser complains of a tab at the beginning of the mapping that it spoils, which may be far above.
    private SourcePosition? FindIndentingTab()
    {
        var lineNumber = 0;
        foreach (var line in _text.AsSpan().EnumerateLines())
        {
            lineNumber++;
            var tab = line.IndexOf('\t');
            if (tab >= 0 && line[..tab].IsWhiteSpace())
                return new SourcePosition(lineNumber, tab + 1);
        }

        return null;
    }

    private static SourcePosition PositionOf(string text, int index)
    {
        var before = text.AsSpan(0, index);
        return new SourcePosition(1 + before.Count('\n'), index - before.LastIndexOf('\n'));
    }

    private static SourcePosition Position(Mark mark) => new((int)mark.Line, (int)mark.Column);
}
