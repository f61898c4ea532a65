using XenVlan.Model;

namespace XenVlan.Discovery.Parsing;

/// <summary>Collects addresses.</summary>
internal static class AddressTable
{
    /// <summary>Adds an address to an interface's.</summary>
    /// <typeparam name="TKey">An interface's number or name.</typeparam>
    public static void Add<TKey>(this Dictionary<TKey, List<InterfaceAddress>> table, TKey key, InterfaceAddress address)
        where TKey : notnull
    {
        if (!table.TryGetValue(key, out var addresses))
            table.Add(key, addresses = []);
        addresses.Add(address);
    }
}
