using System.Diagnostics;
using System.Text.Json.Serialization;

namespace XenVlan.Lab.Running;

/// <summary>A process, known by its id and its start time, so that a reused id is never taken for it.</summary>
/// <param name="Pid">The process id.</param>
/// <param name="StartTime">The start time, in clock ticks since boot, from <c>/proc/PID/stat</c>.</param>
internal sealed record ProcessIdentity(int Pid, long StartTime)
{
    public static ProcessIdentity Of(int pid) =>
        Read(pid) is { } status
            ? new ProcessIdentity(pid, status.StartTime)
            : throw new LabException($"process {pid} ended as soon as it was started");

    /// <summary>
    /// Whether the process still exists. One that has ended but still has threads counts: they hold its ports.
    /// </summary>
    [JsonIgnore]
    public bool IsRunning =>
        Read(Pid) is { } status && status.StartTime == StartTime && !(status.State is 'Z' or 'X' && status.Threads <= 1);

    /// <summary>Ends the process and waits until it is really gone; does nothing if it is gone already.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (!IsRunning)
        {
            return;
        }

        try
        {
            using var process = Process.GetProcessById(Pid);
            process.Kill();
        }
        catch (ArgumentException)
        {
            return; // it ended by itself in between
        }

        await Wait.UntilAsync(() => !IsRunning, TimeSpan.FromSeconds(20), $"the end of process {Pid}", cancellationToken);
    }

    private static (char State, long Threads, long StartTime)? Read(int pid)
    {
        string text;
        try
        {
            text = File.ReadAllText($"/proc/{pid}/stat");
        }
        catch (IOException)
        {
            return null;
        }

        // The command's name stands in parentheses and may itself hold spaces and parentheses.
        var fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
        return (fields[0][0], long.Parse(fields[17]), long.Parse(fields[19]));
    }
}
