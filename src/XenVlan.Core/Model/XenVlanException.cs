namespace XenVlan.Model;

/// <summary>An error XenVlan foresaw: it says what was wrong, where, and what to do.</summary>
public sealed class XenVlanException : Exception
{
    /// <summary>Makes an error.</summary>
    /// <param name="errorId">One of <see cref="ErrorIds"/>.</param>
    /// <param name="message">What was wrong and what to do, in sentences.</param>
    /// <param name="target">What the error is about: a host, an interface, a file; null where there is none.</param>
    /// <param name="innerException">The cause, where another exception is.</param>
    public XenVlanException(string errorId, string message, string? target = null, Exception? innerException = null)
        : base(message, innerException)
    {
        ErrorId = errorId;
        Target = target;
    }

    /// <summary>The stable identifier, one of <see cref="ErrorIds"/>.</summary>
    public string ErrorId { get; }

    /// <summary>What the error is about: a host, an interface, a file; null where there is none.</summary>
    public string? Target { get; }
}
