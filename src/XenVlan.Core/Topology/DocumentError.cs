using XenVlan.Model;

namespace XenVlan.Topology;

/// <summary>Something in a document that is not valid.</summary>
/// <param name="DocumentName">The document, as the user named it.</param>
/// <param name="Position">Where it is.</param>
/// <param name="ErrorId"><see cref="ErrorIds.DocumentUnreadable"/> or <see cref="ErrorIds.DocumentInvalid"/>.</param>
/// <param name="Message">What is wrong and what was expected, in a sentence; cleaned as <see cref="DisplayText.Clean"/> does.</param>
public sealed record DocumentError(string DocumentName, SourcePosition Position, string ErrorId, string Message)
{
    private const int LongestMessage = 8192;

    /// <summary>What is wrong and what was expected, in a sentence that is safe to print.</summary>
    public string Message { get; } = DisplayText.Clean(Message, LongestMessage);

    /// <summary>The error as editors and compilers write it.</summary>
    /// <returns>Such as <c>site.yaml:12:7: unknown key "brigde"; did you mean "bridge"?</c>, in one line.</returns>
    public override string ToString() => $"{DisplayText.Clean(DocumentName)}:{Position}: {Message}";
}

/// <summary>A place in a document.</summary>
/// <param name="Line">The line, from 1.</param>
/// <param name="Column">The character in the line, from 1.</param>
public readonly record struct SourcePosition(int Line, int Column) : IComparable<SourcePosition>
{
    /// <summary>Compares two places of a document.</summary>
    /// <param name="other">The other place.</param>
    /// <returns>Less than 0 when this one comes first, 0 when they are the same.</returns>
    public int CompareTo(SourcePosition other) => (Line, Column).CompareTo((other.Line, other.Column));

    /// <summary>The place as editors and compilers write it.</summary>
    /// <returns>Such as <c>12:7</c>.</returns>
    public override string ToString() => $"{Line}:{Column}";

    /// <summary>Compares two places.</summary>
    public static bool operator <(SourcePosition left, SourcePosition right) => left.CompareTo(right) < 0;

    /// <summary>Compares two places.</summary>
    public static bool operator >(SourcePosition left, SourcePosition right) => left.CompareTo(right) > 0;

    /// <summary>Compares two places.</summary>
    public static bool operator <=(SourcePosition left, SourcePosition right) => left.CompareTo(right) <= 0;

    /// <summary>Compares two places.</summary>
    public static bool operator >=(SourcePosition left, SourcePosition right) => left.CompareTo(right) >= 0;
}
