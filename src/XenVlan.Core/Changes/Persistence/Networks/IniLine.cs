namespace XenVlan.Changes.Persistence.Networks;

/// <summary>A line of a file of sections and assignments.</summary>
/// <param name="Number">Where it begins, from 1.</param>
/// <param name="Raw">All of it, with its line feed where it has one.</param>
/// <param name="Section">The section it is in; empty before the first.</param>
/// <param name="SectionNumber">How many sections begin before it, its own included; sections may repeat.</param>
internal sealed record IniLine(int Number, string Raw, string Section, int SectionNumber)
{
    /// <summary>What it assigns to; null for any other line.</summary>
    public string? Key { get; init; }

    /// <summary>What it assigns.</summary>
    public string Value { get; init; } = "";

    /// <summary>Whether it is a section's header.</summary>
    public bool IsHeader { get; init; }

    /// <summary>Whether it is none of what such a file has.</summary>
    public bool IsUnknown { get; init; }
}
