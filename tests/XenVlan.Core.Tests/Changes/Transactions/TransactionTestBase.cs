using System.Globalization;
using XenVlan.Changes;
using XenVlan.Changes.Transactions;
using XenVlan.Hosts;
using XenVlan.Model;
using Xunit;

namespace XenVlan.Tests.Changes.Transactions;

/// <summary>What tests of transactions on this machine share: plans whose steps only write to a log.</summary>
public abstract class TransactionTestBase
{
    private protected const int Steps = 4;

    public static IEnumerable<TheoryDataRow<string>> Shells => ShellData.Of("/bin/dash", "/bin/bash", "/bin/busybox");

    private protected static CancellationToken Stop => TestContext.Current.CancellationToken;

    private protected static async Task<IReadOnlyList<XenTransaction>> ListAsync(HomeConnector home)
    {
        await using var connection = home.Connect(HostTarget.Local, SshSettings.Default);
        return await TransactionReader.ReadAsync(connection, home.Places, Stop);
    }

    private protected static string[] DoneAndUndone(int count)
    {
        var done = Enumerable.Range(1, count).ToList();
        return [.. done.Select(i => $"do {i}"), .. done.AsEnumerable().Reverse().Select(i => $"undo {i}")];
    }

    private protected static string[] Log(HomeConnector home)
    {
        var log = Path.Combine(home.Home, "a log's name");
        return File.Exists(log) ? File.ReadAllLines(log) : [];
    }

    // The process is the one that the transaction's own file names.
    private protected static ShellCommand Killing(HomeConnector home, string role) =>
        Shell($"read -r pid rest < \"$(ls -d {home.Run}/2*/ | tail -1)/{role}\" && kill -KILL \"$pid\"");

    private protected static ChangePlan Plan(HomeConnector home, Func<int, ChangeStep, ChangeStep>? change = null)
    {
        var log = Path.Combine(home.Home, "a log's name");
        var steps = Enumerable
            .Range(1, Steps)
            .Select(i => new ChangeStep(
                string.Create(CultureInfo.InvariantCulture, $"step {i}"),
                Note(log, $"do {i}"),
                Note(log, $"undo {i}")
            ));
        var host = new HostSnapshot
        {
            HostName = "h",
            NodeName = "h",
            TakenAt = default,
            Kernel = KernelVersion.Parse("6.1.0"),
        };
        return new ChangePlan
        {
            HostName = "h",
            Changes = [],
            Steps = [.. steps.Select((s, i) => change?.Invoke(i + 1, s) ?? s)],
            Notes = [],
            Before = host,
            After = host,
        };
    }

    private protected static (ChangePlan Plan, string Kept, string Made) WithFiles(HomeConnector home)
    {
        var etc = Directory.CreateDirectory(Path.Combine(home.Home, "etc")).FullName;
        var (kept, made) = (Path.Combine(etc, "kept"), Path.Combine(etc, "sub dir/made"));
        File.WriteAllText(kept, "old\n");
        return (
            Plan(home) with
            {
                Files =
                [
                    new FileChange(kept, "old\n", "new\n", "0644", "changes"),
                    new FileChange(made, null, "e\u00e9%\\'\r\n\0-", "0600", "makes"),
                ],
            },
            kept,
            made
        );
    }

    private protected static ShellCommand Note(string log, string text) =>
        ShellCommand.Of("sh", "-c", "printf '%s\\n' \"$1\" >> \"$2\"", "sh", text, log);

    private protected static ShellCommand Shell(string text) => ShellCommand.Of("sh", "-c", text);
}
