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
