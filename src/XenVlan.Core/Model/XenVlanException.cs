namespace XenVlan.Model;

/// <summary>An error XenVlan foresaw: it says what was wrong, where, and what to do.</summary>
public class XenVlanException : Exception
{
    private const int LongestLine = 8192;

    /// <summary>Makes an error. Each line of its message is cleaned as <see cref="DisplayText.Clean"/> does, since many quote what a host
    /// says.</summary>
    /// <param name="errorId">One of <see cref="ErrorIds"/>.</param>
    /// <param name="message">What was wrong and what to do, in sentences.</param>
    /// <param name="target">What the error is about: a host, an interface, a file; null where there is none.</param>
    /// <param name="innerException">The cause, where another exception is.</param>
    public XenVlanException(string errorId, string message, string? target = null, Exception? innerException = null)
        : base(Cleaned(message), innerException)
    {
        ErrorId = errorId;
        Target = target;
    }

    /// <summary>The stable identifier, one of <see cref="ErrorIds"/>.</summary>
    public string ErrorId { get; }

    /// <summary>What the error is about: a host, an interface, a file; null where there is none.</summary>
    public string? Target { get; }

    private static string Cleaned(string message) => string.Join('\n', message.Split('\n').Select(l => DisplayText.Clean(l, LongestLine)));
}
