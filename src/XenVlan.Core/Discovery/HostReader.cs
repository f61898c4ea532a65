using System.Diagnostics;
using XenVlan.Hosts;
using XenVlan.Model;

namespace XenVlan.Discovery;

/// <summary>Reads hosts.</summary>
public static class HostReader
{
    // A hundred thousand interfaces are some 150 million characters, and a twentieth of that compressed.
    private const int MostCharacters = 256 * 1024 * 1024;
    private const int MostBytes = 16 * 1024 * 1024;
    private const int LinesBetweenLooks = 4096;

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
        var mark = RandomWord.New("xenvlan-");
        var timestamp = Stopwatch.GetTimestamp();
        var takenAt = DateTimeOffset.Now;
        using var reader = new ProbeOutput.Reader(mark);
        var lines = 0;
        var options = ScriptOptions.Reading with { Timeout = limit, KeepsOutput = false, MaximumOutput = MostCharacters, OnLine = Take };
        var result = await connection.RunAsync(ProbeScript.Build(mark), options, cancellationToken).ConfigureAwait(false);

        // A connection may keep what is printed all the same.
        foreach (var line in result.Output.Split('\n'))
            reader.Add(line);
        return SnapshotBuilder.Build(connection.Target.Name, takenAt, timestamp, reader.End(result.ErrorOutput));

        void Take(string line)
        {
            reader.Add(line);
            if (++lines % LinesBetweenLooks == 0 && reader.PackedBytes > MostBytes)
                throw new XenVlanException(ErrorIds.OutputTooLarge, $"Host {DisplayText.Quote(connection.Target.Name)} printed more than {MostBytes / 1024 / 1024} MiB, compressed; the rest was not read.", connection.Target.Name);
        }
    }
}
