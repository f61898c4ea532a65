using System.Management.Automation;
using XenVlan.Model;

namespace XenVlan.PowerShell.Running;

/// <summary>Turns errors into PowerShell's error records, whose ids begin with those of <see cref="ErrorIds"/>.</summary>
internal static class ErrorRecords
{
    /// <summary>Makes a record.</summary>
    /// <param name="error">The error.</param>
    /// <param name="target">What it is about: a host, or the value that is not valid.</param>
    public static ErrorRecord From(Exception error, object? target)
    {
        var record = error is XenVlanException known
            ? Foreseen(known, target)
            : new ErrorRecord(error, error.GetType().Name, ErrorCategory.NotSpecified, target)
            {
                ErrorDetails = new ErrorDetails(DisplayText.CleanSentences(error.Message)),
            };

        // The target is the very object, so that scripts can go on with it; what is printed of it is clean.
        if (target is string text)
            record.CategoryInfo.TargetName = DisplayText.Clean(text);
        return record;
    }

    private static ErrorRecord Foreseen(XenVlanException error, object? target)
    {
        var worded = error.Worded(PowerShellWording.Instance);
        var record = new ErrorRecord(worded, worded.ErrorId, Category(worded.ErrorId), target);
        if (error.Remedies.Count > 0)
            record.ErrorDetails = new ErrorDetails(worded.Message)
            {
                RecommendedAction = DisplayText.CleanSentences(
                    string.Join("; ", error.Remedies.Select(r => r.In(PowerShellWording.Instance)))
                ),
            };
        return record;
    }

    private static ErrorCategory Category(string id) =>
        id switch
        {
            ErrorIds.InvalidValue => ErrorCategory.InvalidArgument,
            ErrorIds.HostUnreachable or ErrorIds.ConnectionLost => ErrorCategory.ConnectionError,
            ErrorIds.HostTimeout => ErrorCategory.OperationTimeout,
            ErrorIds.AuthenticationFailed => ErrorCategory.AuthenticationError,
            ErrorIds.HostKeyChanged or ErrorIds.HostKeyUnknown => ErrorCategory.SecurityError,
            ErrorIds.ProgramMissing => ErrorCategory.NotInstalled,
            ErrorIds.NotLinux or ErrorIds.NotSupported => ErrorCategory.NotImplemented,
            ErrorIds.OutputTooLarge => ErrorCategory.LimitsExceeded,
            ErrorIds.UnexpectedOutput or ErrorIds.DocumentInvalid => ErrorCategory.InvalidData,
            ErrorIds.DocumentUnreadable => ErrorCategory.ReadError,
            ErrorIds.DocumentUnwritable => ErrorCategory.WriteError,
            ErrorIds.HostUnknown
            or ErrorIds.InterfaceNotFound
            or ErrorIds.BridgeNotFound
            or ErrorIds.DomainNotFound
            or ErrorIds.NicNotFound
            or ErrorIds.EndpointNotFound => ErrorCategory.ObjectNotFound,
            ErrorIds.Conflict or ErrorIds.ConfigurationConflict => ErrorCategory.ResourceExists,
            ErrorIds.HostBusy => ErrorCategory.ResourceBusy,
            ErrorIds.TransactionNotFound => ErrorCategory.ObjectNotFound,
            ErrorIds.NotConfirmed => ErrorCategory.OperationTimeout,
            ErrorIds.ConfigurationInvalid => ErrorCategory.InvalidData,
            ErrorIds.ConfigurationUnreadable => ErrorCategory.ReadError,
            ErrorIds.ChangeFailed or ErrorIds.UndoFailed => ErrorCategory.OperationStopped,
            ErrorIds.ChangeNotVisible => ErrorCategory.InvalidResult,
            _ => ErrorCategory.NotSpecified,
        };
}
