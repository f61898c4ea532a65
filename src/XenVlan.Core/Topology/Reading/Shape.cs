namespace XenVlan.Topology.Reading;

/// <summary>The keys that an object of a document may have.</summary>
internal sealed class Shape
{
    private readonly Dictionary<string, DocumentKey> _keys;

    /// <summary>Makes a shape.</summary>
    /// <param name="name">The object's name in the JSON Schema.</param>
    /// <param name="called">What errors call such an object, such as <c>a bridge</c>.</param>
    /// <param name="keys">Its keys.</param>
    public Shape(string name, string called, params DocumentKey[] keys)
    {
        Name = name;
        Called = called;
        Keys = keys;
        _keys = keys.ToDictionary(k => k.Name, StringComparer.Ordinal);
    }

    /// <summary>The object's name in the JSON Schema.</summary>
    public string Name { get; }

    /// <summary>What errors call such an object.</summary>
    public string Called { get; }

    /// <summary>Its keys.</summary>
    public IReadOnlyList<DocumentKey> Keys { get; }

    /// <summary>Whether it has a key.</summary>
    /// <param name="name">The key.</param>
    /// <returns>Whether an object of this shape may have it.</returns>
    public bool Has(string name) => _keys.ContainsKey(name);
}
