namespace XenVlan.Changes.Persistence.Domains;

/// <summary>An assignment in a domain's file.</summary>
/// <param name="Name">The name.</param>
/// <param name="Adds">Whether the value is added to the one before it (<c>+=</c>).</param>
/// <param name="Value">The value.</param>
internal sealed record ConfigAssignment(ConfigToken Name, bool Adds, ConfigValue Value);
