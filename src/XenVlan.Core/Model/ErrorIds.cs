namespace XenVlan.Model;

/// <summary>The stable identifiers of every error XenVlan reports. Scripts may rely on them.</summary>
public static class ErrorIds
{
    /// <summary>A value given by the user is not valid (VLAN id, interface name, address, …).</summary>
    public const string InvalidValue = "XenVlan.InvalidValue";

    /// <summary>The host's name does not resolve.</summary>
    public const string HostUnknown = "XenVlan.HostUnknown";

    /// <summary>The host refused the connection, has no route to it, or closed it.</summary>
    public const string HostUnreachable = "XenVlan.HostUnreachable";

    /// <summary>The host did not answer, or a script on it did not end, within its time.</summary>
    public const string HostTimeout = "XenVlan.HostTimeout";

    /// <summary>The host refused every key offered.</summary>
    public const string AuthenticationFailed = "XenVlan.AuthenticationFailed";

    /// <summary>The host's key is not the one known for it.</summary>
    public const string HostKeyChanged = "XenVlan.HostKeyChanged";

    /// <summary>The host's key is not known yet.</summary>
    public const string HostKeyUnknown = "XenVlan.HostKeyUnknown";

    /// <summary>The host answered, but it is not a Linux system with a POSIX shell.</summary>
    public const string NotLinux = "XenVlan.NotLinux";

    /// <summary>The connection was lost while a script ran.</summary>
    public const string ConnectionLost = "XenVlan.ConnectionLost";

    /// <summary>A host printed more than XenVlan is willing to hold.</summary>
    public const string OutputTooLarge = "XenVlan.OutputTooLarge";

    /// <summary>A host's output could not be understood.</summary>
    public const string UnexpectedOutput = "XenVlan.UnexpectedOutput";

    /// <summary>A program this machine needs is missing (such as <c>ssh</c>).</summary>
    public const string ProgramMissing = "XenVlan.ProgramMissing";

    /// <summary>The named interface does not exist on the host.</summary>
    public const string InterfaceNotFound = "XenVlan.InterfaceNotFound";

    /// <summary>The named bridge does not exist on the host.</summary>
    public const string BridgeNotFound = "XenVlan.BridgeNotFound";

    /// <summary>The named domain does not run on the host.</summary>
    public const string DomainNotFound = "XenVlan.DomainNotFound";

    /// <summary>The domain has no NIC with that index.</summary>
    public const string NicNotFound = "XenVlan.NicNotFound";

    /// <summary>What was asked for is taken by something else (a name, a VLAN on a parent, an address).</summary>
    public const string Conflict = "XenVlan.Conflict";

    /// <summary>The host lacks a tool, a kernel feature or a right that the request needs.</summary>
    public const string NotSupported = "XenVlan.NotSupported";

    /// <summary>A step of a change failed; the steps before it were undone.</summary>
    public const string ChangeFailed = "XenVlan.ChangeFailed";

    /// <summary>A step of a change failed, and undoing the ones before it did not succeed wholly.</summary>
    public const string UndoFailed = "XenVlan.UndoFailed";

    /// <summary>All steps succeeded, but the host does not show what was asked for.</summary>
    public const string ChangeNotVisible = "XenVlan.ChangeNotVisible";

    /// <summary>The change was not confirmed in time, and the host undid it.</summary>
    public const string NotConfirmed = "XenVlan.NotConfirmed";

    /// <summary>Somebody else is changing the host.</summary>
    public const string HostBusy = "XenVlan.HostBusy";

    /// <summary>There is no such transaction on the host.</summary>
    public const string TransactionNotFound = "XenVlan.TransactionNotFound";

    /// <summary>A configuration file of a host has a syntax error.</summary>
    public const string ConfigurationInvalid = "XenVlan.ConfigurationInvalid";

    /// <summary>Several network managers of a host claim the same interface, or a file changed meanwhile.</summary>
    public const string ConfigurationConflict = "XenVlan.ConfigurationConflict";

    /// <summary>A configuration file of a host could not be read.</summary>
    public const string ConfigurationUnreadable = "XenVlan.ConfigurationUnreadable";

    /// <summary>A document cannot be read or is not well formed YAML.</summary>
    public const string DocumentUnreadable = "XenVlan.DocumentUnreadable";

    /// <summary>A file could not be written on this machine.</summary>
    public const string DocumentUnwritable = "XenVlan.DocumentUnwritable";

    /// <summary>A document is well formed but says something that is not valid.</summary>
    public const string DocumentInvalid = "XenVlan.DocumentInvalid";

    /// <summary>An end of a path names nothing that exists.</summary>
    public const string EndpointNotFound = "XenVlan.EndpointNotFound";
}
