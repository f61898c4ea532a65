namespace XenVlan.Model;

/// <summary>An error XenVlan foresaw: it says what was wrong, where, and what to do.</summary>
public class XenVlanException : Exception
{
    private readonly Message _message;

    internal XenVlanException(string errorId, Message message, string? target, Exception? cause)
        : base(message.ToString(), cause)
    {
        _message = message;
        ErrorId = errorId;
        Target = target;
    }

    /// <summary>The stable identifier, one of <see cref="ErrorIds"/>.</summary>
    public string ErrorId { get; }

    /// <summary>What the error is about: a host, an interface, a file; null where there is none.</summary>
    public string? Target { get; }

    /// <summary>What the message says is to be done, as data; empty where that is in words only.</summary>
    public IReadOnlyList<Remedy> Remedies => _message.Remedies;

    /// <summary>The error in the words of a face.</summary>
    /// <param name="wording">The face's words.</param>
    /// <returns>This, where it has no remedy; else an error that has this one's cause.</returns>
    public XenVlanException Worded(IWording wording) =>
        Remedies.Count == 0 ? this : Errors.Of(ErrorId, _message.In(wording), Target, InnerException);
}
