using System.Globalization;
using System.Text;
using XenVlan.Changes;
using XenVlan.Changes.Transactions;
using XenVlan.Discovery;
using XenVlan.Hosts;
using XenVlan.Model;
using XenVlan.Model.Json;
using XenVlan.UndoCheck;
using Xunit;

namespace XenVlan.Lab.Tests;

/// <summary>A host with a disk for the faults, and the table of what became of each.</summary>
public sealed class FaultFixture : IAsyncLifetime
{
    private readonly StringBuilder _table = new();
    private (string Before, string After)? _wanted;

    public DiskLab Lab { get; private set; } = null!;

    /// <summary>The command, to be run by <c>dotnet</c>.</summary>
    public string Client { get; } = Repository.PathOf("artifacts/bin/XenVlan.Cli/debug/xenvlan.dll");

    public async ValueTask InitializeAsync() =>
        Lab = await DiskLab.UpAsync(
            new DiskLabOptions { Name = "disk-faults-" + Environment.ProcessId.ToString(CultureInfo.InvariantCulture) },
            new Progress<string>(Console.Error.WriteLine),
            TestContext.Current.CancellationToken
        );

    public async ValueTask DisposeAsync()
    {
        if (_table.Length > 0)
            Console.WriteLine($"\n{"fault", -28} {"when", -12} {"host afterwards", -16} {"journal", -14} seconds\n{_table}");
        if (Lab is not null)
            await Lab.DisposeAsync();
    }

    public void Report(FaultPair one, string result, string journal, TimeSpan took) =>
        _table.AppendLine(
            CultureInfo.InvariantCulture,
            $"{one.First + " and " + one.Second, -46} {one.Place, -8} {result, -6} {(journal.Length == 0 ? "(none)" : journal), -14} "
                + $"{took.TotalSeconds, 7:0.0}"
        );

    public void Report(FaultCase one, string result, string journal, TimeSpan took) =>
        _table.AppendLine(
            CultureInfo.InvariantCulture,
            $"{one.Fault, -28} {one.Phase, -12} {result, -16} {(journal.Length == 0 ? "(none)" : journal), -14} {took.TotalSeconds, 7:0.0}"
        );

    /// <summary>The host before the change and after it, with nothing going wrong; seen once.</summary>
    public async Task<(string Before, string After)> WantedAsync(
        Func<Task<ChangePlan>> plan,
        HostAccess route,
        CancellationToken cancellationToken
    )
    {
        if (_wanted is { } known)
            return known;
        var before = await StateAsync(route, cancellationToken);
        _ = await TransactionRunner.ApplyAsync(
            route,
            await plan(),
            new TransactionOptions { ConfirmTimeout = TimeSpan.FromSeconds(120) },
            cancellationToken
        );
        var after = await StateAsync(route, cancellationToken);
        await Lab.RestoreAsync(cancellationToken);
        _wanted = (before, after);
        return (before, after);
    }

    /// <summary>What a change may touch of a host, as text; what goes on by itself is left out.</summary>
    public static string StateOf(HostSnapshot host) =>
        XenVlanJson.SerializeSnapshot(
            host with
            {
                TakenAt = default,
                Domains = [.. host.Domains.Select(d => d with { Id = 0 })],
                Interfaces =
                [
                    .. host
                        .Interfaces.OrderBy(i => i.Name, StringComparer.Ordinal)
                        .Select(i =>
                            i with
                            {
                                Index = 0,
                                Counters = null,
                                Bridge = RawState.WithoutListeners(i.Bridge),
                                Addresses = [.. i.Addresses.Where(a => !a.IsLinkLocal)],

                                // A bridge without ports has an address of its own, another one each time.
                                Mac = i.Bridge is null ? i.Mac : null,
                            }
                        ),
                ],
            }
        );

    /// <summary>The host and its configuration files, as text.</summary>
    public static async Task<string> StateAsync(HostAccess route, CancellationToken cancellationToken)
    {
        await using var connection = route.OpenNewConnection(TimeSpan.FromSeconds(5));
        var host = await HostReader.ReadAsync(connection, cancellationToken);
        var files = await connection.RunAsync(
            new ShellScript().Add(ShellCommand.Of("eval", HostState.FilesOf("/etc/network /etc/xenvlan"))),
            ScriptOptions.Reading,
            cancellationToken
        );
        return StateOf(host) + files.Output;
    }
}
