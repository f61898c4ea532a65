using System.Globalization;
using XenVlan.Model;

namespace XenVlan.Hosts;

/// <summary>Which host is meant: this machine, or one that <c>ssh</c> can reach.</summary>
public sealed record HostTarget
{
    private HostTarget(string name, string? destination, string? user, int? port)
    {
        Name = name;
        Destination = destination;
        UserName = user;
        Port = port;
    }

    /// <summary>This machine, without SSH.</summary>
    public static HostTarget Local { get; } = new(Environment.MachineName, null, null, null);

    /// <summary>The host as the user named it, or this machine's name.</summary>
    public string Name { get; }

    /// <summary>A host name, address or ssh_config alias; null for this machine.</summary>
    public string? Destination { get; }

    /// <summary>The user named with the host; null where none is.</summary>
    public string? UserName { get; }

    /// <summary>The port named with the host, 1 to 65535; null where none is.</summary>
    public int? Port { get; }

    /// <summary>Whether it is this machine.</summary>
    public bool IsLocal => Destination is null;

    /// <summary>Reads a host.</summary>
    /// <param name="text">
    /// <c>host</c>, <c>user@host</c>, <c>user@host:port</c>; an ssh_config alias; an IPv6 address in brackets, where a
    /// port follows. This machine's own name is this machine, so that what was read here pipes on without SSH.
    /// </param>
    /// <returns>The host.</returns>
    /// <exception cref="XenVlanException"><see cref="ErrorIds.InvalidValue"/>: empty, or with characters no host name has.</exception>
    public static HostTarget Parse(string text)
    {
        if (string.IsNullOrWhiteSpace(text))
            throw Invalid(text, $"it is empty");
        if (text == Local.Name)
            return Local;

        var rest = text;
        string? user = null;
        var at = rest.LastIndexOf('@');
        if (at >= 0)
        {
            user = rest[..at];
            rest = rest[(at + 1)..];
            if (!IsPlain(user))
                throw Invalid(text, $"the user name before '@' is empty, or has white space, control or shell characters");
        }

        int? port = null;
        if (rest.StartsWith('['))
        {
            var close = rest.IndexOf(']', StringComparison.Ordinal);
            if (close < 0)
                throw Invalid(text, $"the ']' after the address is missing");
            if (close + 1 < rest.Length)
                port = rest[close + 1] == ':' ? ReadPort(text, rest[(close + 2)..]) : throw Invalid(text, $"only ':port' may follow ']'");
            rest = rest[1..close];
        }
        else if (rest.IndexOf(':', StringComparison.Ordinal) is var colon and >= 0 && colon == rest.LastIndexOf(':'))
        {
            port = ReadPort(text, rest[(colon + 1)..]);
            rest = rest[..colon];
        }

        return IsPlain(rest)
            ? new HostTarget(text, rest, user, port)
            : throw Invalid(text, $"the host name is empty, begins with '-', or has white space, control or shell characters");
    }

    /// <summary>The host as the user named it.</summary>
    /// <returns>Such as <c>root@xen1</c>.</returns>
    public override string ToString() => Name;

    /// <summary>An error about this host.</summary>
    /// <param name="errorId">One of <see cref="ErrorIds"/>.</param>
    /// <param name="message">What was wrong and what to do, in sentences.</param>
    /// <param name="cause">The exception it comes from; null where there is none.</param>
    internal XenVlanException Error(string errorId, Message message, Exception? cause = null) => Errors.On(Name, errorId, message, cause);

    private static int ReadPort(string whole, string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is > 0 and < 65536
            ? port
            : throw Invalid(whole, $"{text} is not a port from 1 to 65535");

    // ssh passes host and user to ProxyCommand and Match exec through a shell, so nothing a shell reads may be in them.
    private static bool IsPlain(string text) =>
        text.Length > 0
        && text[0] != '-'
        && text.All(c => char.IsLetterOrDigit(c) || c is '.' or '-' or '_' or ':' or '%' or '+' or '\\' or '@');

    private static XenVlanException Invalid(string? text, Message why) =>
        Errors.Of(ErrorIds.InvalidValue, $"Host {text} is not valid: {why}.", text);
}
