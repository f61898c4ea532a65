using System.Diagnostics;
using System.Globalization;
using XenVlan.Discovery.Probe;
using XenVlan.Hosts;
using XenVlan.Model;

namespace XenVlan.Discovery;

/// <summary>Reads hosts.</summary>
public static class HostReader
{
    // A hundred thousand interfaces are some 200 million characters, and a fifteenth of that compressed.
    private const int MostCharacters = 256 * 1024 * 1024;
    private const int MostBytes = 14 * 1024 * 1024;
    private const int MostLines = 16 * 1024 * 1024;

    /// <summary>Reads all of a host with one script, in one round trip.</summary>
    /// <param name="connection">The way to the host.</param>
    /// <param name="cancellationToken">Gives up reading.</param>
    /// <returns>What the host showed, and in <see cref="HostSnapshot.NotSeen"/> what it did not.</returns>
    /// <exception cref="XenVlanException">
    /// <see cref="ErrorIds.NotLinux"/>: the host has another kernel; <see cref="ErrorIds.UnexpectedOutput"/>: it did not
    /// even say which; and all errors of <see cref="IHostConnection.RunAsync"/>.
    /// </exception>
    public static Task<HostSnapshot> ReadAsync(IHostConnection connection, CancellationToken cancellationToken) =>
        ReadAsync(connection, ScriptOptions.Reading.Timeout, cancellationToken);

    /// <summary>Reads all of a host with one script, in one round trip, or gives it up.</summary>
    /// <param name="connection">The way to the host.</param>
    /// <param name="limit">How long it may take, connecting included.</param>
    /// <param name="cancellationToken">Gives up reading.</param>
    /// <returns>What the host showed, and in <see cref="HostSnapshot.NotSeen"/> what it did not.</returns>
    /// <exception cref="XenVlanException">As the other; <see cref="ErrorIds.HostTimeout"/>: it took longer.</exception>
    public static async Task<HostSnapshot> ReadAsync(IHostConnection connection, TimeSpan limit, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(connection);
        var mark = UniqueToken.New("xenvlan-");
        var timestamp = Stopwatch.GetTimestamp();
        var takenAt = DateTimeOffset.Now;
        using var reader = new SnapshotOutput.Reader(mark);
        var lines = 0;
        var options = ScriptOptions.Reading with { Timeout = limit, MaximumOutput = MostCharacters };
        var result = await connection.RunAsync(SnapshotScript.Build(mark), options, Take, cancellationToken).ConfigureAwait(false);
        return SnapshotBuilder.Build(connection.Target.Name, takenAt, timestamp, reader.End(result.ErrorOutput));

        XenVlanException TooLarge(string what) =>
            connection.Target.Error(
                ErrorIds.OutputTooLarge,
                $"Host {connection.Target.Name} printed more than {what:unquoted}; the rest was not read."
            );

        void Take(string line)
        {
            reader.Add(line);
            if (reader.HeldBytes > MostBytes)
                throw TooLarge($"{MostBytes / 1024 / 1024} MiB, compressed");
            if (++lines > MostLines)
                throw TooLarge(string.Create(CultureInfo.InvariantCulture, $"{MostLines} lines"));
        }
    }
}
