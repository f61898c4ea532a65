using System.Management.Automation;

namespace XenVlan.PowerShell.Running;

/// <summary>Names asked for, with or without wildcards. Linux tells upper from lower case, and so do these.</summary>
internal sealed class NamePatterns
{
    private readonly List<WildcardPattern> _patterns = [];
    private readonly HashSet<string> _literals = new(StringComparer.Ordinal);

    private NamePatterns(IEnumerable<string> names, bool areLiteral)
    {
        foreach (var name in names)
        {
            if (!areLiteral && WildcardPattern.ContainsWildcardCharacters(name))
                _patterns.Add(WildcardPattern.Get(name, WildcardOptions.CultureInvariant));
            else
                _ = _literals.Add(areLiteral ? name : WildcardPattern.Unescape(name));
        }
    }

    /// <summary>The names without wildcards.</summary>
    public IReadOnlyCollection<string> Literals => _literals;

    /// <summary>Reads what a user asked for.</summary>
    /// <param name="names">The names; null or none for no restriction.</param>
    /// <param name="areLiteral">Whether they came from an object, and are names to the letter.</param>
    /// <returns>The patterns; null for no restriction.</returns>
    public static NamePatterns? Of(string[]? names, bool areLiteral = false) =>
        names is { Length: > 0 } ? new NamePatterns(names, areLiteral) : null;

    /// <summary>Whether a name was asked for.</summary>
    /// <param name="name">The name; null never was.</param>
    public bool Match(string? name) => name is not null && (_literals.Contains(name) || _patterns.Exists(p => p.IsMatch(name)));
}
