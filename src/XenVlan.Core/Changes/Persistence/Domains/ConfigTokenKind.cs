namespace XenVlan.Changes.Persistence.Domains;

/// <summary>What a piece of a domain's file is.</summary>
internal enum ConfigTokenKind
{
    /// <summary>The end of the file.</summary>
    End,

    /// <summary>The end of a line, with the comment before it.</summary>
    LineBreak,

    /// <summary>A name.</summary>
    Name,

    /// <summary>A number.</summary>
    Number,

    /// <summary>A text in quotes.</summary>
    Text,

    /// <summary>Punctuation.</summary>
    Symbol,
}
