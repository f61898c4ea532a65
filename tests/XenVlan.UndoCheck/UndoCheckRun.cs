using System.Collections.Concurrent;
using System.Globalization;
using XenVlan.Hosts;
using XenVlan.Lab;
using XenVlan.Model;

namespace XenVlan.UndoCheck;

/// <summary>Checks many seeds on a host of the lab with a disk, several at once.</summary>
internal static class UndoCheckRun
{
    // The host has two processors, and cases wait a good part of the time.
    private const int Workers = 3;

    /// <summary>Checks seeds.</summary>
    /// <param name="name">The lab's name, by which it is left running; null for one of its own, which is taken down.</param>
    /// <param name="seeds">The seeds.</param>
    /// <param name="report">Told each result when it is there.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public static async Task RunAsync(string? name, IEnumerable<int> seeds, Action<UndoResult> report, CancellationToken cancellationToken)
    {
        var own = "disk-undo-check-" + Environment.ProcessId.ToString(CultureInfo.InvariantCulture);
        var lab = await DiskLab.UpAsync(
            new DiskLabOptions { Name = name ?? own },
            new Progress<string>(Console.Error.WriteLine),
            cancellationToken
        );
        try
        {
            await using var connector = new HostConnector();
            var settings = new SshSettings { ConfigFile = lab.SshConfigPath };
            var queue = new ConcurrentQueue<int>(seeds);
            var gate = new Lock();
            await Task.WhenAll(
                Enumerable
                    .Range(0, Workers)
                    .Select(async _ =>
                    {
                        await using var connection = connector.OpenNewConnection(HostTarget.Parse(DiskLab.Alias), settings);
                        while (queue.TryDequeue(out var seed))
                        {
                            UndoResult result;
                            try
                            {
                                result = await UndoCase.RunAsync(seed, connection, cancellationToken);
                            }
                            catch (XenVlanException e)
                            {
                                result = new UndoResult(seed, default, null, "", [$"! {e.Message}"], "", default);
                            }

                            lock (gate)
                                report(result);
                        }
                    })
            );
        }
        finally
        {
            if (name is null)
                await lab.DisposeAsync();
        }
    }
}
