namespace XenVlan.Changes.Persistence.NetworkScripts;

/// <summary>A line of an <c>ifcfg-</c> file, which is a script that the shell reads; one with an open quote goes on.</summary>
/// <param name="Number">Where it begins, from 1.</param>
/// <param name="Raw">All of it, with its line feed where it has one.</param>
internal sealed record IfcfgLine(int Number, string Raw)
{
    /// <summary>The variable it sets; null for any other line.</summary>
    public string? Key { get; init; }

    /// <summary>What it sets it to; null where only a shell can tell.</summary>
    public string? Value { get; init; }

    /// <summary>What stands before the value.</summary>
    public string Before { get; init; } = "";

    /// <summary>What stands after the value: a comment, and the line feed.</summary>
    public string After { get; init; } = "";
}
