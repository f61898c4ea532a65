namespace XenVlan.Model;

/// <summary>The one way to make an error: <c>host.Error(id, $"…")</c>, or <see cref="Of"/> where no host is at fault.</summary>
public static class Errors
{
    /// <summary>An error that is about no host.</summary>
    /// <param name="errorId">One of <see cref="ErrorIds"/>.</param>
    /// <param name="message">What was wrong and what to do, in sentences.</param>
    /// <param name="target">What the error is about: an interface, a file, a value; null where there is none.</param>
    /// <param name="cause">The exception it comes from; null where there is none.</param>
    /// <returns>The error.</returns>
    public static XenVlanException Of(string errorId, Message message, string? target = null, Exception? cause = null) =>
        new XenVlanException(errorId, message, target, cause);

    /// <summary>An error that is about a host.</summary>
    /// <param name="hostName">The host.</param>
    /// <param name="errorId">One of <see cref="ErrorIds"/>.</param>
    /// <param name="message">What was wrong and what to do, in sentences.</param>
    /// <param name="cause">The exception it comes from; null where there is none.</param>
    /// <returns>The error.</returns>
    public static XenVlanException On(string hostName, string errorId, Message message, Exception? cause = null) =>
        Of(errorId, message, hostName, cause);

    /// <inheritdoc cref="On"/>
    /// <param name="host">The host.</param>
    /// <param name="errorId"/>
    /// <param name="message"/>
    /// <param name="cause"/>
    public static XenVlanException Error(this HostSnapshot host, string errorId, Message message, Exception? cause = null) =>
        On(host.HostName, errorId, message, cause);
}
