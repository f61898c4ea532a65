namespace XenVlan.Changes.Persistence.NetplanYaml;

/// <summary>A mapping, in the order of its file.</summary>
/// <param name="Line">Where it begins.</param>
internal sealed record NetplanMap(int Line = 0) : NetplanNode(Line)
{
    /// <summary>Its entries.</summary>
    public List<KeyValuePair<string, NetplanNode>> Entries { get; } = [];

    /// <summary>The value of a key.</summary>
    /// <param name="key">The key.</param>
    /// <returns>The value; null where it is not there.</returns>
    public NetplanNode? Get(string key) => Entries.Find(e => string.Equals(e.Key, key, StringComparison.Ordinal)).Value;

    /// <summary>Gives a key a value.</summary>
    /// <param name="key">The key.</param>
    /// <param name="value">The value.</param>
    public void Set(string key, NetplanNode value)
    {
        var index = Entries.FindIndex(e => string.Equals(e.Key, key, StringComparison.Ordinal));
        if (index < 0)
            Entries.Add(new(key, value));
        else
            Entries[index] = new(key, value);
    }

    /// <summary>Takes a key away.</summary>
    /// <param name="key">The key.</param>
    public void Remove(string key) => Entries.RemoveAll(e => string.Equals(e.Key, key, StringComparison.Ordinal));

    /// <summary>The mapping of a key, made where it is not there.</summary>
    /// <param name="key">The key.</param>
    /// <returns>The mapping.</returns>
    public NetplanMap Map(string key)
    {
        if (Get(key) is NetplanMap map)
            return map;
        map = new NetplanMap();
        Set(key, map);
        return map;
    }

    /// <summary>The list of a key, made where it is not there.</summary>
    /// <param name="key">The key.</param>
    /// <returns>The list.</returns>
    public NetplanList List(string key)
    {
        if (Get(key) is NetplanList list)
            return list;
        list = new NetplanList([]);
        Set(key, list);
        return list;
    }
}
