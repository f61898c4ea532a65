using System.Text;
using XenVlan.Model;

namespace XenVlan.Discovery.Filters;

/// <summary>What <c>nft -a list ruleset</c> printed, before anything is made of the rules.</summary>
/// <param name="Chains">The chains.</param>
/// <param name="Sets">The named sets.</param>
internal sealed record NftListing(IReadOnlyList<NftListedChain> Chains, NftSets Sets)
{
    /// <summary>The line of a rule with spaces around its braces, which nft before 0.9 did not print.</summary>
    /// <returns>The line; what stands in double quotes is as it was.</returns>
    public static string Spaced(string line)
    {
        if (!line.Contains('{', StringComparison.Ordinal))
            return line;
        var spaced = new StringBuilder(line.Length + 8);
        var isQuoted = false;
        for (var i = 0; i < line.Length; i++)
        {
            var c = line[i];
            if (c == '"')
                isQuoted = !isQuoted;
            if (isQuoted && c == '\\' && i + 1 < line.Length)
                _ = spaced.Append(c).Append(line[++i]);
            else if (!isQuoted && c is '{' or '}')
                _ = spaced.Append(' ').Append(c).Append(' ');
            else
                _ = spaced.Append(c);
        }

        return spaced.ToString();
    }

    /// <summary>Reads the rules from their text.</summary>
    public IReadOnlyList<PacketFilterChain> Read() => [.. Chains.Select(Read)];

    private PacketFilterChain Read(NftListedChain chain)
    {
        var reader = new NftRuleReader(chain.Head, Sets);
        return chain.Head with { Rules = [.. chain.Rules.SelectMany(r => reader.Read(r.Text, r.Handle))] };
    }
}

/// <summary>A chain as <c>nft -a list ruleset</c> printed it.</summary>
/// <param name="Head">The chain, without its rules.</param>
/// <param name="TableHandle">The number of its table, which no other table of the host gets until it starts anew; null where it was not
/// printed.</param>
/// <param name="Rules">Its rules.</param>
internal sealed record NftListedChain(PacketFilterChain Head, long? TableHandle, IReadOnlyList<(string Text, long? Handle)> Rules);
