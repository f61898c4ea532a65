using System.Diagnostics;

namespace XenVlan.Lab.Running;

/// <summary>Starts processes that outlive the one that started them.</summary>
internal static class DetachedProcess
{
    /// <summary>
    /// Starts a program in a session of its own, its standard input empty and its output added to a log. A process
    /// that kept its parent's streams would keep every pipeline open that the parent stands in.
    /// </summary>
    public static ProcessIdentity Start(string program, IEnumerable<string> arguments, string logPath, string? workingDirectory = null)
    {
        var start = new ProcessStartInfo("/bin/sh") { UseShellExecute = false, WorkingDirectory = workingDirectory ?? "/" };
        foreach (
            var argument in (string[])
                ["-c", "log=$1; shift; exec setsid \"$@\" < /dev/null >> \"$log\" 2>&1", "sh", logPath, program, .. arguments]
        )
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start) ?? throw new LabException($"{program} could not be started");
        return ProcessIdentity.Of(process.Id);
    }
}
