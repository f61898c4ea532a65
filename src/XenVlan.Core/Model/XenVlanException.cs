namespace XenVlan.Model;

/// <summary>An error XenVlan foresaw: it says what was wrong, where, and what to do.</summary>
public class XenVlanException : Exception
{
    internal XenVlanException(string errorId, Message message, string? target, Exception? cause)
        : base(message.ToString(), cause)
    {
        ErrorId = errorId;
        Target = target;
    }

    /// <summary>The stable identifier, one of <see cref="ErrorIds"/>.</summary>
    public string ErrorId { get; }

    /// <summary>What the error is about: a host, an interface, a file; null where there is none.</summary>
    public string? Target { get; }
}
