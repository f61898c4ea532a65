namespace XenVlan.Changes.Persistence.Networks;

/// <summary>A port of a bridge, as a manager's files have it.</summary>
/// <param name="Bridge">The bridge.</param>
/// <param name="Port">The interface, or a pattern.</param>
/// <param name="Place">Where: <c>file:line</c>.</param>
internal sealed record ConfiguredPort(string Bridge, string Port, string Place)
{
    /// <summary>Whether it is for NICs of domains, and so no way out.</summary>
    public bool ServesDomains => Port.StartsWith("vif", StringComparison.Ordinal) || Port.StartsWith("tap", StringComparison.Ordinal);
}
