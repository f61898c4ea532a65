namespace XenVlan.Model;

/// <summary>Something a host did not let be seen.</summary>
/// <param name="What">What is missing from the picture, in words.</param>
/// <param name="Why">The reason, and what would help.</param>
public sealed record Omission(string What, string Why)
{
    /// <summary>Both in one line.</summary>
    /// <returns>Such as <c>domain names: xenstore-ls needs root</c>.</returns>
    public override string ToString() => $"{What}: {Why}";
}
