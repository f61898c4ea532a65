namespace XenVlan.Changes.Persistence.Netplan;

/// <summary>A value in a YAML file of netplan.</summary>
/// <param name="Line">Where it begins, from 1; 0 for one that is in no file.</param>
internal abstract record NetplanNode(int Line)
{
    /// <summary>Where its entries or items are; empty where it is written in braces or brackets, or in no file.</summary>
    public List<NetplanPlace> Places { get; } = [];

    /// <summary>The text of a single value; null for any other.</summary>
    public string? Text => (this as NetplanScalar)?.Value;
}

/// <summary>Where an entry of a mapping, or an item of a list, is in its file.</summary>
/// <param name="First">The line where it begins, from 1.</param>
/// <param name="Column">The column where it begins, from 1.</param>
/// <param name="Last">The last line of what it says, before comments that follow.</param>
internal sealed record NetplanPlace(int First, int Column, int Last);

/// <summary>A single value.</summary>
internal sealed record NetplanScalar(string Value, int Line = 0) : NetplanNode(Line)
{
    /// <summary>The columns from which and before which it stands in its line, from 1; null where it takes several lines.</summary>
    public (int From, int Before)? Columns { get; init; }
}

/// <summary>A list.</summary>
internal sealed record NetplanList(List<NetplanNode> Items, int Line = 0) : NetplanNode(Line);

/// <summary>A mapping, in the order of its file.</summary>
internal sealed record NetplanMap(int Line = 0) : NetplanNode(Line)
{
    /// <summary>Its entries.</summary>
    public List<KeyValuePair<string, NetplanNode>> Entries { get; } = [];

    /// <summary>The value of a key.</summary>
    /// <returns>The value; null where it is not there.</returns>
    public NetplanNode? Get(string key) => Entries.Find(e => e.Key == key).Value;

    /// <summary>Gives a key a value.</summary>
    public void Set(string key, NetplanNode value)
    {
        var index = Entries.FindIndex(e => e.Key == key);
        if (index < 0)
            Entries.Add(new(key, value));
        else
            Entries[index] = new(key, value);
    }

    /// <summary>Takes a key away.</summary>
    public void Remove(string key) => Entries.RemoveAll(e => e.Key == key);

    /// <summary>The mapping of a key, made where it is not there.</summary>
    public NetplanMap Map(string key)
    {
        if (Get(key) is NetplanMap map)
            return map;
        map = new NetplanMap();
        Set(key, map);
        return map;
    }

    /// <summary>The list of a key, made where it is not there.</summary>
    public NetplanList List(string key)
    {
        if (Get(key) is NetplanList list)
            return list;
        list = new NetplanList([]);
        Set(key, list);
        return list;
    }
}
