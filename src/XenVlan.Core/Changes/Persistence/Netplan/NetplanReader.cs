using System.Text;
using XenVlan.Model;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace XenVlan.Changes.Persistence.Netplan;

/// <summary>Reads the YAML of netplan.</summary>
internal sealed class NetplanReader
{
    // The limits keep a hostile file from using up the stack, or the memory by aliases of aliases.
    private const int MaximumDepth = 32;
    private const int MaximumNodes = 100_000;

    private readonly Parser _parser;
    private readonly Dictionary<string, NetplanNode> _anchors = new(StringComparer.Ordinal);
    private int _nodes;
    private int _last;

    private NetplanReader(string text) => _parser = new Parser(new StringReader(text));

    /// <summary>Reads a file.</summary>
    /// <param name="bytes">What is in it, a byte a character.</param>
    /// <param name="problem">Line and problem, where it is not YAML.</param>
    /// <returns>Its mapping; an empty one where it has none.</returns>
    public static NetplanMap Read(string bytes, out (int Line, string What)? problem)
    {
        problem = null;
        var reader = new NetplanReader(Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(bytes)));
        try
        {
            _ = reader.Next<StreamStart>();
            if (reader.Next<ParsingEvent>() is not DocumentStart)
                return new NetplanMap();
            return reader.Node(reader.Next<ParsingEvent>(), 0) as NetplanMap ?? new NetplanMap();
        }
        catch (YamlException exception)
        {
            problem = (
                (int)exception.Start.Line,
                $"This is not YAML: {DisplayText.Clean(exception.Message).TrimEnd('.')}. Correct it; netplan generate tells more."
            );
        }
        catch (Exception exception) when (exception is InvalidOperationException or ArgumentException)
        {
            // The parser lets a few malformed texts through to its own collections.
            problem = (
                (int)(reader._parser.Current?.End.Line ?? 1),
                "What follows here is not YAML. Correct it; netplan generate tells more."
            );
        }

        return new NetplanMap();
    }

    private T Next<T>()
        where T : ParsingEvent =>
        _parser.MoveNext() && _parser.Current is T found ? found : throw new YamlException("the document ends too early");

    private NetplanNode Node(ParsingEvent start, int depth)
    {
        if (depth > MaximumDepth || ++_nodes > MaximumNodes)
            throw new YamlException(start.Start, start.End, "it is nested too deep, or too large");

        var line = (int)start.Start.Line;
        NetplanNode node;
        switch (start)
        {
            case AnchorAlias alias:
                SeeEnd(alias);
                return _anchors.TryGetValue(alias.Value.Value, out var known)
                    ? known
                    : throw new YamlException(start.Start, start.End, "there is no such anchor");
            case Scalar scalar:
                node = new NetplanScalar(scalar.Value, line)
                {
                    Columns = scalar.End.Line == scalar.Start.Line ? ((int)scalar.Start.Column, (int)scalar.End.Column) : null,
                };

                // What stands for nothing ends nowhere.
                if (!scalar.End.Equals(scalar.Start))
                    SeeEnd(scalar);
                break;
            case SequenceStart sequence:
                var list = new NetplanList([], line);
                while (Next<ParsingEvent>() is var item and not SequenceEnd)
                {
                    _last = (int)item.Start.Line;
                    list.Items.Add(Node(item, depth + 1));
                    if (sequence.Style is not SequenceStyle.Flow)
                        list.Places.Add(new NetplanPlace((int)item.Start.Line, (int)item.Start.Column, _last));
                }

                if (sequence.Style is SequenceStyle.Flow)
                    SeeEnd(_parser.Current!);
                node = list;
                break;
            default:
                var map = new NetplanMap(line);
                var isFlow = start is MappingStart { Style: MappingStyle.Flow };
                while (Next<ParsingEvent>() is var key and not MappingEnd)
                {
                    var name = Node(key, depth + 1);
                    _last = (int)key.End.Line;
                    map.Set(
                        name.Text ?? throw new YamlException(key.Start, key.End, "a key must be a single value"),
                        Node(Next<ParsingEvent>(), depth + 1)
                    );
                    if (!isFlow)
                        map.Places.Add(new NetplanPlace((int)key.Start.Line, (int)key.Start.Column, _last));
                }

                if (isFlow)
                    SeeEnd(_parser.Current!);
                node = map;
                break;
        }

        if (start is NodeEvent { Anchor.IsEmpty: false } anchored)
            _anchors[anchored.Anchor.Value] = node;
        return node;
    }

    // A text of several lines ends where the next begins.
    private void SeeEnd(ParsingEvent found) =>
        _last = found.End.Column == 1 && found.End.Line > found.Start.Line ? (int)found.End.Line - 1 : (int)found.End.Line;
}
