using XenVlan.Model;

namespace XenVlan.Changes.Persistence.Domains;

/// <summary>How a domain's file is read.</summary>
internal enum ConfigDialect
{
    /// <summary>By <c>xl</c>: xl.cfg(5).</summary>
    XL,

    /// <summary>By <c>xm</c>, as a Python program; of that, only plain values are understood here.</summary>
    XM,
}

/// <summary>A domain's file before it is understood.</summary>
/// <param name="HostName">The host it is on.</param>
/// <param name="Path">Where it is.</param>
/// <param name="Text">What is in it, a byte a character.</param>
/// <param name="Dialect">How it is read.</param>
internal sealed record ConfigSource(string HostName, string Path, string Text, ConfigDialect Dialect)
{
    /// <summary>The error of a place that is not well formed.</summary>
    /// <param name="line">The line, from 1.</param>
    /// <param name="problem">What is wrong.</param>
    /// <param name="remedy">What to do; null for the ordinary.</param>
    /// <returns>
    /// <see cref="ErrorIds.ConfigurationInvalid"/>; for xm, whose files are programs and may well be right,
    /// <see cref="ErrorIds.NotSupported"/>.
    /// </returns>
    public XenVlanException Error(int line, Message problem, Message? remedy = null) =>
        Dialect is ConfigDialect.XL
            ? Errors.On(
                HostName,
                ErrorIds.ConfigurationInvalid,
                $"{Path:unquoted}:{line}: {problem}; {remedy ?? Message.Of($"correct it (xl.cfg(5) says how), then try again")}."
            )
            : Errors.On(
                HostName,
                ErrorIds.NotSupported,
                $"{Path:unquoted}:{line}: {problem}, and of xm's files only those are changed that hold plain values and no Python "
                    + $"beyond them; {remedy ?? Message.Of($"change the file by hand, and {new ChangeOnlyWhatRuns()}")}."
            );
}

/// <summary>A piece of a domain's file.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Offset">Where it begins in the file; a text's first character behind the quote.</param>
/// <param name="Value">What stands there; a text as it is between its quotes, escapes and all.</param>
/// <param name="Line">Its line, from 1.</param>
internal sealed record ConfigToken(ConfigTokenKind Kind, int Offset, string Value, int Line)
{
    /// <summary>Whether it is some punctuation.</summary>
    public bool Is(string symbol) => Kind is ConfigTokenKind.Symbol && Value == symbol;

    /// <summary>What it is, for a message.</summary>
    public string Shown =>
        Kind switch
        {
            ConfigTokenKind.End => "the end of the file",
            ConfigTokenKind.LineBreak => "the end of the line",
            _ => Model.DisplayText.Quote(Value),
        };
}

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

/// <summary>What is assigned to a name in a domain's file.</summary>
/// <param name="First">Its first piece.</param>
/// <param name="Items">What a list holds; null for what is no list.</param>
internal sealed record ConfigValue(ConfigToken First, IReadOnlyList<ConfigValue>? Items = null);

/// <summary>An assignment in a domain's file.</summary>
/// <param name="Name">The name.</param>
/// <param name="Adds">Whether the value is added to the one before it (<c>+=</c>).</param>
/// <param name="Value">The value.</param>
internal sealed record ConfigAssignment(ConfigToken Name, bool Adds, ConfigValue Value);
