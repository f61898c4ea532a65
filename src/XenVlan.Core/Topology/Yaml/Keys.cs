namespace XenVlan.Topology.Yaml;

/// <summary>A key that an object of a document may have.</summary>
/// <param name="Name">The key.</param>
/// <param name="Type">What its value is, by the name in the JSON Schema.</param>
/// <param name="Description">What it means, in one line; the JSON Schema shows the same.</param>
/// <param name="Form">How its values are laid out.</param>
/// <param name="IsRequired">Whether it must be there.</param>
internal abstract record DocumentKey(string Name, string Type, string Description, KeyForm Form, bool IsRequired);

/// <summary>A key whose value, or each of whose values, is a single value.</summary>
/// <param name="Name">The key.</param>
/// <param name="Format">How its value is written.</param>
/// <param name="Description">What it means, in one line.</param>
/// <param name="Form">How its values are laid out.</param>
/// <param name="IsRequired">Whether it must be there.</param>
internal sealed record ValueKey<T>(
    string Name,
    DocumentFormat<T> Format,
    string Description,
    KeyForm Form = KeyForm.Single,
    bool IsRequired = false
) : DocumentKey(Name, Format.Name, Description, Form, IsRequired);

/// <summary>A key whose value, or each of whose values, is an object with keys of its own.</summary>
/// <param name="Name">The key.</param>
/// <param name="Shape">The keys of the object.</param>
/// <param name="Description">What it means, in one line.</param>
/// <param name="Form">How its values are laid out.</param>
/// <param name="IsRequired">Whether it must be there.</param>
internal sealed record ObjectKey(string Name, Shape Shape, string Description, KeyForm Form = KeyForm.Single, bool IsRequired = false)
    : DocumentKey(Name, Shape.Name, Description, Form, IsRequired);

/// <summary>How the values of a key are laid out.</summary>
internal enum KeyForm
{
    /// <summary>One value.</summary>
    Single,

    /// <summary>A list of values.</summary>
    List,

    /// <summary>A mapping from names to values.</summary>
    Named,
}

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
    /// <returns>Whether an object of this shape may have it.</returns>
    public bool Has(string name) => _keys.ContainsKey(name);
}

/// <summary>How a single value is written.</summary>
/// <param name="Name">Its name in the JSON Schema.</param>
/// <param name="Expected">What errors say was expected, such as <c>a VLAN id (1 to 4094)</c>.</param>
/// <param name="Parse">Reads it; throws <see cref="Model.XenVlanException"/> when it is not valid.</param>
internal sealed record DocumentFormat<T>(string Name, string Expected, Func<string, T> Parse);
