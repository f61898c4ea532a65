using System.Text.RegularExpressions;

namespace XenVlan.Hosts;

/// <summary>Makes words that no output holds by chance or on purpose.</summary>
internal static partial class UniqueToken
{
    /// <summary>Makes a word.</summary>
    /// <param name="prefix">What it begins with: letters, digits and dashes.</param>
    /// <returns>The prefix and 32 hexadecimal digits, 122 bits of them random.</returns>
    /// <remarks>
    /// From the kernel's generator, as <see cref="Guid.NewGuid"/> is everywhere. The one of
    /// <c>System.Security.Cryptography</c> would need OpenSSL's library on machines that have none, such as a small domain 0.
    /// </remarks>
    public static string New(string prefix) => prefix + Guid.NewGuid().ToString("N");

    /// <summary>Whether a line holds such a word, so that XenVlan's own script printed it, for XenVlan alone.</summary>
    public static bool IsIn(string line) => Word().IsMatch(line);

    [GeneratedRegex("(xenvlan-|xv[a-z])[0-9a-f]{32}", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Word();
}
