namespace XenVlan.Changes.Persistence.Domains;

/// <summary>A piece of a domain's file.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Offset">Where it begins in the file; a text's first character behind the quote.</param>
/// <param name="Value">What stands there; a text as it is between its quotes, escapes and all.</param>
/// <param name="Line">Its line, from 1.</param>
internal sealed record ConfigToken(ConfigTokenKind Kind, int Offset, string Value, int Line)
{
    /// <summary>Whether it is some punctuation.</summary>
    /// <param name="symbol">Which.</param>
    /// <returns>Whether it is that.</returns>
    public bool Is(string symbol) => Kind is ConfigTokenKind.Symbol && string.Equals(Value, symbol, StringComparison.Ordinal);

    /// <summary>What it is, for a message.</summary>
    public string Shown => Kind switch
    {
        ConfigTokenKind.End => "the end of the file",
        ConfigTokenKind.LineBreak => "the end of the line",
        _ => Model.DisplayText.Quote(Value),
    };
}
