using System.Buffers;
using XenVlan.Hosts;

namespace XenVlan.Changes.Persistence.NetworkScripts;

/// <summary>A line of an <c>ifcfg-</c> file, which is a script that the shell reads; one with an open quote goes on.</summary>
/// <param name="Number">Where it begins, from 1.</param>
/// <param name="Raw">All of it, with its line feed where it has one.</param>
internal sealed record IfcfgLine(int Number, string Raw)
{
    private static readonly SearchValues<char> Special = SearchValues.Create("'\"\\$`\n");

    /// <summary>The variable it sets; null for any other line.</summary>
    public string? Key { get; init; }

    /// <summary>What it sets it to; null where only a shell can tell.</summary>
    public string? Value { get; init; }

    /// <summary>What stands before the value.</summary>
    public string Before { get; init; } = "";

    /// <summary>What stands after the value: a comment, and the line feed.</summary>
    public string After { get; init; } = "";

    /// <summary>A value with the quotation marks that are around the one there.</summary>
    /// <param name="value">The value.</param>
    /// <returns>A word of the shell.</returns>
    public string QuotedAsThere(string value)
    {
        var there = Raw[Before.Length..^After.Length];
        var mark = there.Length > 1 && there[0] == there[^1] && there.AsSpan(1, there.Length - 2).IndexOf(there[0]) < 0 ? there[0] : ' ';
        var isSafe = !value.AsSpan().ContainsAny(Special);
        return isSafe && mark is ('\'' or '"') ? $"{mark}{value}{mark}" : ShellCommand.Quote(value);
    }
}
