using XenVlan.Model;

namespace XenVlan.Cli.Running;

/// <summary>The exit statuses scripts may rely on.</summary>
internal static class ExitStatus
{
    /// <summary>All went well, and all is as expected.</summary>
    public const int Fine = 0;

    /// <summary>Something is not as expected.</summary>
    public const int Difference = 1;

    /// <summary>The command line, a document, or a name in one of them is not valid.</summary>
    public const int Usage = 2;

    /// <summary>A host could not be reached or changed.</summary>
    public const int HostFailed = 3;

    /// <summary>Ctrl+C, as shells report it: 128 and SIGINT's number.</summary>
    public const int Interrupted = 130;

    /// <summary>The status an error ends the command with.</summary>
    /// <returns><see cref="Usage"/> where asking otherwise would help, <see cref="HostFailed"/> elsewhere.</returns>
    public static int Of(XenVlanException error) =>
        error.ErrorId switch
        {
            ErrorIds.InvalidValue
            or ErrorIds.DocumentUnreadable
            or ErrorIds.DocumentUnwritable
            or ErrorIds.DocumentInvalid
            or ErrorIds.EndpointNotFound
            or ErrorIds.InterfaceNotFound
            or ErrorIds.BridgeNotFound
            or ErrorIds.DomainNotFound
            or ErrorIds.NicNotFound => Usage,
            _ => HostFailed,
        };
}
