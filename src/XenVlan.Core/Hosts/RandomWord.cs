namespace XenVlan.Hosts;

/// <summary>Makes words that no output holds by chance or on purpose.</summary>
internal static class RandomWord
{
    /// <summary>Makes a word.</summary>
    /// <param name="prefix">What it begins with: letters, digits and dashes.</param>
    /// <returns>The prefix and 32 hexadecimal digits, 122 bits of them random.</returns>
    /// <remarks>
    /// From the kernel's generator, as <see cref="Guid.NewGuid"/> is everywhere. The one of
    /// <c>System.Security.Cryptography</c> would need OpenSSL's library on machines that have none, such as a small domain 0.
    /// </remarks>
    public static string New(string prefix) => prefix + Guid.NewGuid().ToString("N");
}
