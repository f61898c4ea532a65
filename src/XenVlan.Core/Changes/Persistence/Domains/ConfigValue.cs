namespace XenVlan.Changes.Persistence.Domains;

/// <summary>What is assigned to a name in a domain's file.</summary>
/// <param name="First">Its first piece.</param>
/// <param name="Items">What a list holds; null for what is no list.</param>
internal sealed record ConfigValue(ConfigToken First, IReadOnlyList<ConfigValue>? Items = null);
