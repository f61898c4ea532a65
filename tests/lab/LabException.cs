namespace XenVlan.Lab;

/// <summary>Something the lab needs is missing or did not happen in time; the message says what, and where to look.</summary>
public sealed class LabException : Exception
{
    /// <summary>An error without a message.</summary>
    public LabException() { }

    /// <summary>An error with a message for the person at the terminal.</summary>
    /// <param name="message">What went wrong, and where to look.</param>
    public LabException(string message)
        : base(message) { }

    /// <summary>An error with a message and its cause.</summary>
    /// <param name="message">What went wrong, and where to look.</param>
    /// <param name="innerException">The cause.</param>
    public LabException(string message, Exception innerException)
        : base(message, innerException) { }
}
