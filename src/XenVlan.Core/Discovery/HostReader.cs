using System.Diagnostics;
using XenVlan.Hosts;
using XenVlan.Model;

namespace XenVlan.Discovery;

/// <summary>Reads hosts.</summary>
public static class HostReader
{
    /// <summary>Reads all of a host with one script, in one round trip.</summary>
    /// <param name="connection">The way to the host.</param>
    /// <param name="cancellationToken">Gives up reading.</param>
    /// <returns>What the host showed, and in <see cref="HostSnapshot.NotSeen"/> what it did not.</returns>
    /// <exception cref="XenVlanException">
    /// <see cref="ErrorIds.NotLinux"/>: the host has another kernel; <see cref="ErrorIds.UnexpectedOutput"/>: it did not
    /// even say which; and all errors of <see cref="IHostConnection.RunAsync"/>.
    /// </exception>
    public static async Task<HostSnapshot> ReadAsync(IHostConnection connection, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(connection);
        var mark = RandomWord.New("xenvlan-");
        var timestamp = Stopwatch.GetTimestamp();
        var takenAt = DateTimeOffset.Now;
        var result = await connection.RunAsync(ProbeScript.Build(mark), ScriptOptions.Reading, cancellationToken).ConfigureAwait(false);
        var output = ProbeOutput.Parse(result.Output, result.ErrorOutput, mark);
        return SnapshotBuilder.Build(connection.Target.Name, takenAt, timestamp, output);
    }
}
