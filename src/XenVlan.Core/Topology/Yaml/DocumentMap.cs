using XenVlan.Model;

namespace XenVlan.Topology.Yaml;

/// <summary>
/// Hands out the values of an object by their keys, and records what is wrong with them: unknown and missing keys at
/// once, values when they are asked for. A value that is not valid is handed out as if it were not there.
/// </summary>
internal sealed class DocumentMap
{
    private readonly DocumentErrors _errors;
    private readonly int _errorsBefore;
    private readonly Dictionary<string, MapEntry> _entries = new(StringComparer.Ordinal);

    /// <summary>Reads an object.</summary>
    /// <param name="node">What should be a mapping. Nothing at all is an empty one.</param>
    /// <param name="shape">The keys it may have.</param>
    /// <param name="position">Where errors about the whole of it belong.</param>
    /// <param name="errors">Where errors go.</param>
    public DocumentMap(DocumentNode node, Shape shape, SourcePosition position, DocumentErrors errors)
    {
        _errors = errors;
        _errorsBefore = errors.Count;
        Position = position;
        if (!node.IsNothing && node is not MapNode)
        {
            errors.Add(node.Position, $"Expected {shape.Called}: a mapping with keys such as {shape.Keys[0].Name}; found {node.Kind}.");
            return;
        }

        foreach (var entry in (node as MapNode)?.Entries ?? [])
        {
            _entries.Add(entry.Key.Text, entry);
            if (!shape.Has(entry.Key.Text))
                errors.Add(entry.Key.Position, Unknown(entry, shape));
        }

        foreach (var key in shape.Keys.Where(k => k.IsRequired && !_entries.ContainsKey(k.Name)))
            errors.Add(
                position,
                $"The key \"{key.Name}\" is missing from {shape.Called}: {char.ToLowerInvariant(key.Description[0])}{key.Description[1..]}."
            );
    }

    /// <summary>Where errors about the whole of it belong.</summary>
    public SourcePosition Position { get; }

    /// <summary>Whether an error was recorded since this object began to be read.</summary>
    public bool IsFaulty => _errors.Count > _errorsBefore;

    /// <summary>Whether a key is there, valid or not.</summary>
    public bool Has(DocumentKey key) => _entries.ContainsKey(key.Name);

    /// <summary>Where a key stands.</summary>
    /// <returns>Its place; that of the whole object when it is not there.</returns>
    public SourcePosition PositionOf(DocumentKey key) => _entries.TryGetValue(key.Name, out var entry) ? entry.Key.Position : Position;

    /// <summary>Where a key's value begins.</summary>
    /// <returns>Its place; that of the whole object when it is not there.</returns>
    public SourcePosition ValuePositionOf(DocumentKey key) =>
        _entries.TryGetValue(key.Name, out var entry) ? entry.Value.Position : Position;

    /// <summary>A single value.</summary>
    /// <returns>The value; null when it is not there or not valid.</returns>
    public T? Get<T>(ValueKey<T> key) =>
        _entries.TryGetValue(key.Name, out var entry) && TryRead(key, entry.Value, out var value) ? value : default;

    /// <summary>A list of single values.</summary>
    public List<Located<T>> GetList<T>(ValueKey<T> key)
    {
        var values = new List<Located<T>>();
        foreach (var item in Items(key))
        {
            if (TryRead(key, item, out var value))
                values.Add(new Located<T>(value, item.Position));
        }

        return values;
    }

    /// <summary>An object.</summary>
    /// <returns>The object; null when it is not there.</returns>
    public DocumentMap? GetObject(ObjectKey key) =>
        _entries.TryGetValue(key.Name, out var entry) ? new DocumentMap(entry.Value, key.Shape, entry.Key.Position, _errors) : null;

    /// <summary>A list of objects.</summary>
    public IEnumerable<DocumentMap> GetObjects(ObjectKey key) =>
        Items(key).Select(item => new DocumentMap(item, key.Shape, item.Position, _errors));

    /// <summary>A mapping from names to objects.</summary>
    /// <returns>The names that are valid and their objects; each object's place is its name's.</returns>
    public IEnumerable<(T Name, DocumentMap Object)> GetNamed<T>(ObjectKey key, DocumentFormat<T> names)
    {
        if (!_entries.TryGetValue(key.Name, out var entry) || entry.Value.IsNothing)
            yield break;

        if (entry.Value is not MapNode map)
        {
            _errors.Add(entry.Value.Position, $"{key.Name}: Expected a mapping from names to values; found {entry.Value.Kind}.");
            yield break;
        }

        foreach (var (name, value) in map.Entries)
        {
            if (TryRead(key.Name, names, name, out var parsed))
                yield return (parsed, new DocumentMap(value, key.Shape, name.Position, _errors));
        }
    }

    private IReadOnlyList<DocumentNode> Items(DocumentKey key)
    {
        if (!_entries.TryGetValue(key.Name, out var entry) || entry.Value.IsNothing)
            return [];
        if (entry.Value is ListNode list)
            return list.Items;
        _errors.Add(entry.Value.Position, $"{key.Name}: Expected a list; found {entry.Value.Kind}.");
        return [];
    }

    private bool TryRead<T>(ValueKey<T> key, DocumentNode node, out T value) => TryRead(key.Name, key.Format, node, out value);

    private bool TryRead<T>(string key, DocumentFormat<T> format, DocumentNode node, out T value)
    {
        value = default!;
        if (node is not ScalarNode scalar || scalar.IsNothing)
        {
            _errors.Add(node.Position, $"{key}: Expected {format.Expected}; found {node.Kind}.");
            return false;
        }

        try
        {
            value = format.Parse(scalar.Text);
            return true;
        }
        catch (XenVlanException exception)
        {
            _errors.Add(node.Position, $"{key}: {exception.Message}");
            return false;
        }
    }

    private static string Unknown(MapEntry entry, Shape shape)
    {
        var name = entry.Key.Text;

        // Inside { } a comma ends the value, so the second id of a set looks like a key without a value.
        if (entry.Value.IsNothing && VlanSet.TryParse(name, out _))
            return $"Unknown key {DisplayText.Quote(name)} in {shape.Called}; inside {{ }} several VLANs need quotation marks, such as "
                + $"\"10,20\".";
        var question = NearestName.Question(name, shape.Keys.Select(k => k.Name));
        return $"Unknown key {DisplayText.Quote(name)} in {shape.Called}"
            + (question == "." ? $"; it may have {string.Join(", ", shape.Keys.Select(k => k.Name))}." : question);
    }
}
