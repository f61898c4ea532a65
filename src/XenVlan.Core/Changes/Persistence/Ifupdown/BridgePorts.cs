using System.Text.RegularExpressions;
using XenVlan.Changes.Persistence.Files;

namespace XenVlan.Changes.Persistence.Ifupdown;

/// <summary>
/// The value of <c>bridge_ports</c> (bridge-utils-interfaces(5)): interfaces, and after the word <c>regex</c>, up to
/// <c>noregex</c>, patterns of egrep(1).
/// </summary>
internal static class BridgePorts
{
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(50);

    // What "all" stands for.
    private static readonly string[] Ethernet = ["eth*", "em*", "en*", "p[0-9]*"];

    /// <summary>Whether a bridge takes an interface as its port.</summary>
    public static bool Has(string value, string port)
    {
        var isRegex = false;
        foreach (var word in Words(value))
        {
            if (word is "regex" or "noregex")
                isRegex = word is "regex";
            else if (word is "all")
            {
                if (Ethernet.Any(p => Glob.Matches(p, port)))
                    return true;
            }
            else if (isRegex ? MatchesRegex(word, port) : word == port)
                return true;
        }

        return false;
    }

    /// <summary>The value with one more port.</summary>
    public static string With(string value, string port) =>
        Words(value) switch
        {
            [] or ["none"] => port,
            ["regex" or "all", ..] => $"{port} {value}",
            _ => $"{value} {port}",
        };

    /// <summary>The value without a port that it names.</summary>
    /// <returns>The new value; the same one where the port is not named, but matched by a pattern or not there.</returns>
    public static string Without(string value, string port)
    {
        var words = Words(value);
        if (!words.Contains(port, StringComparer.Ordinal))
            return value;
        var left = words.Where(w => w != port).ToList();
        return left.Count == 0 ? "none" : string.Join(' ', left);
    }

    private static string[] Words(string value) => value.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);

    private static bool MatchesRegex(string pattern, string port)
    {
        try
        {
            return Regex.IsMatch(port, $"\\A(?:{pattern})\\z", RegexOptions.None, Patience);
        }
        catch (RegexMatchTimeoutException)
        {
            return MatchesInLinearTime(pattern, port);
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    // Takes about a megabyte for each pattern.
    private static bool MatchesInLinearTime(string pattern, string port)
    {
        try
        {
            return Regex.IsMatch(port, $"\\A(?:{pattern})\\z", RegexOptions.NonBacktracking);
        }
        catch (NotSupportedException)
        {
            return false;
        }
    }
}
