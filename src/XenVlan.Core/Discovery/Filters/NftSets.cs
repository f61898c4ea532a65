using XenVlan.Model;

namespace XenVlan.Discovery.Filters;

/// <summary>The named sets of nftables' tables.</summary>
internal sealed class NftSets
{
    private readonly Dictionary<(string Family, string Table, string Name), IReadOnlyList<string>?> _elements = [];

    // Ten thousand rules may name one set of ten thousand elements.
    private readonly Dictionary<(string, string, string, PacketFilterMatchKind, bool), IReadOnlyList<string>?> _values = [];

    /// <summary>Adds a set.</summary>
    /// <param name="family">The family of its table.</param>
    /// <param name="table">Its table.</param>
    /// <param name="name">Its name.</param>
    /// <param name="elements">Its elements; null where they are not understood.</param>
    public void Add(string family, string table, string name, IReadOnlyList<string>? elements) =>
        _elements[(family, table, name)] = elements;

    /// <summary>The values of a condition that names a set.</summary>
    /// <param name="chain">The rule's chain.</param>
    /// <param name="name">The set.</param>
    /// <param name="selector">What has the values.</param>
    /// <returns>As <see cref="NftTerms.Values"/>; null also where the set is not known.</returns>
    public IReadOnlyList<string>? Values(PacketFilterChain chain, string name, NftSelector selector)
    {
        var key = (chain.Family, chain.Table, name, selector.Kind, selector.IsOfIPv6);
        if (!_values.TryGetValue(key, out var values))
            _values[key] = values = NftTerms.Values(selector, _elements.GetValueOrDefault((chain.Family, chain.Table, name)));
        return values;
    }
}
