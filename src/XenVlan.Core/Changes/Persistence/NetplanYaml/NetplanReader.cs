using System.Text;
using XenVlan.Model;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace XenVlan.Changes.Persistence.NetplanYaml;

/// <summary>Reads the YAML of netplan.</summary>
internal sealed class NetplanReader
{
    // The limits keep a hostile file from using up the stack, or the memory by aliases of aliases.
    private const int MaximumDepth = 32;
    private const int MaximumNodes = 100_000;

    private readonly Parser _parser;
    private readonly Dictionary<string, NetplanNode> _anchors = new(StringComparer.Ordinal);
    private int _nodes;

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
            problem = ((int)exception.Start.Line, $"This is not YAML: {DisplayText.Clean(exception.Message).TrimEnd('.')}. Correct it; netplan generate tells more.");
        }
        catch (Exception exception) when (exception is InvalidOperationException or ArgumentException)
        {
            // The parser lets a few malformed texts through to its own collections.
            problem = ((int)(reader._parser.Current?.End.Line ?? 1), "What follows here is not YAML. Correct it; netplan generate tells more.");
        }

        return new NetplanMap();
    }

    private T Next<T>()
        where T : ParsingEvent => _parser.MoveNext() && _parser.Current is T found ? found : throw new YamlException("the document ends too early");

    private NetplanNode Node(ParsingEvent start, int depth)
    {
        if (depth > MaximumDepth || ++_nodes > MaximumNodes)
            throw new YamlException(start.Start, start.End, "it is nested too deep, or too large");

        var line = (int)start.Start.Line;
        NetplanNode node;
        switch (start)
        {
            case AnchorAlias alias:
                return _anchors.TryGetValue(alias.Value.Value, out var known) ? known : throw new YamlException(start.Start, start.End, "there is no such anchor");
            case Scalar scalar:
                node = new NetplanScalar(scalar.Value, line);
                break;
            case SequenceStart:
                var list = new NetplanList([], line);
                while (Next<ParsingEvent>() is var item and not SequenceEnd)
                    list.Items.Add(Node(item, depth + 1));
                node = list;
                break;
            default:
                var map = new NetplanMap(line);
                while (Next<ParsingEvent>() is var key and not MappingEnd)
                {
                    var name = Node(key, depth + 1);
                    map.Set(name.Text ?? throw new YamlException(key.Start, key.End, "a key must be a single value"), Node(Next<ParsingEvent>(), depth + 1));
                }

                node = map;
                break;
        }

        if (start is NodeEvent { Anchor.IsEmpty: false } anchored)
            _anchors[anchored.Anchor.Value] = node;
        return node;
    }
}
