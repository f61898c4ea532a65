using System.CommandLine;
using XenVlan.Cli.Json;
using XenVlan.Cli.Reports;
using XenVlan.Cli.Running;
using XenVlan.Hosts;
using XenVlan.Model;
using XenVlan.Model.Json;

namespace XenVlan.Cli.Commands;

/// <summary><c>xenvlan show</c>: what is on hosts.</summary>
internal static class ShowCommand
{
    private const string Everything = "all";
    private const string Snapshot = "snapshot";

    /// <summary>Makes the command.</summary>
    public static Command Build(CommandRunner runner)
    {
        var what = new Argument<string>("what")
        {
            Description =
                "What to show: hosts, bridges with their ports, NICs of domains, VLAN interfaces, or all of it; or the snapshot of one "
                + "host, as the text of a file.",
        }.OneOf(Everything, "hosts", "bridges", "nics", "vlans", Snapshot);
        var hosts = HostOption.Build();
        var inOrder = new Option<bool>("--in-order")
        {
            Description =
                "Show the hosts in the order they are named in, when all have answered. Without it each is shown when it has answered, "
                + "and none waits for one that does not.",
        };
        var command = new Command("show", "Show hosts, their bridges, the NICs of their domains, and their VLAN interfaces.")
        {
            what,
            hosts,
            inOrder,
        };
        command.SetAction(
            (parsed, token) =>
                runner.RunAsync(
                    parsed,
                    run => ShowAsync(run, parsed.GetRequiredValue(what), parsed.GetValue(hosts) ?? [], parsed.GetValue(inOrder)),
                    token
                )
        );
        return command;
    }

    private static async Task<int> ShowAsync(CommandContext run, string what, HostTarget[] hosts, bool inOrder)
    {
        if (what == Snapshot)
            return await ShowSnapshotAsync(run, hosts).ConfigureAwait(false);

        using var document = run.IsJson ? ShowDocument.Begin(run.Screen, what) : null;
        var isFirst = true;
        var (snapshots, status) = await run.ReadAsync(hosts, inOrder ? null : Show).ConfigureAwait(false);
        if (inOrder && snapshots.Count > 0)
            Show(snapshots);
        return status;

        void Show(IReadOnlyList<HostSnapshot> some)
        {
            if (document is not null)
            {
                document.Add(some);
                return;
            }

            if (!isFirst)
                run.Screen.Line();
            isFirst = false;
            SnapshotText.Write(run.Screen, what, some);
        }
    }

    private static async Task<int> ShowSnapshotAsync(CommandContext run, HostTarget[] hosts)
    {
        if (hosts.Length > 1)
            throw Errors.Of(ErrorIds.InvalidValue, $"A file holds the snapshot of one host: name one with --host.");
        var (snapshots, status) = await run.ReadAsync(hosts).ConfigureAwait(false);
        foreach (var snapshot in snapshots)
            run.Screen.WriteRaw(XenVlanJson.SerializeSnapshot(snapshot));
        return status;
    }
}
