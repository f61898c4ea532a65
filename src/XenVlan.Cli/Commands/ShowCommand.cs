using System.CommandLine;
using XenVlan.Cli.Json;
using XenVlan.Cli.Reports;
using XenVlan.Discovery;
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
    /// <param name="runner">Carries it out.</param>
    /// <returns>The command.</returns>
    public static Command Build(CommandRunner runner)
    {
        var what = new Argument<string>("what")
        {
            Description = "What to show: hosts, bridges with their ports, NICs of domains, VLAN interfaces, or all of it; or the snapshot of one host, as the text of a file.",
        }.OneOf(Everything, "hosts", "bridges", "nics", "vlans", Snapshot);
        var hosts = HostOption.Build();
        var command = new Command("show", "Show hosts, their bridges, the NICs of their domains, and their VLAN interfaces.") { what, hosts };
        command.SetAction((parsed, token) => runner.RunAsync(
            parsed,
            run => ShowAsync(run, parsed.GetRequiredValue(what), parsed.GetValue(hosts) ?? []),
            token));
        return command;
    }

    private static async Task<int> ShowAsync(CommandRun run, string what, HostTarget[] hosts)
    {
        if (string.Equals(what, Snapshot, StringComparison.Ordinal) && hosts.Length > 1)
            throw new XenVlanException(ErrorIds.InvalidValue, "A file holds the snapshot of one host: name one with --host.");
        var (snapshots, status) = await run.ReadAsync(hosts).ConfigureAwait(false);
        if (string.Equals(what, Snapshot, StringComparison.Ordinal))
        {
            foreach (var snapshot in snapshots)
                run.Screen.WriteRaw(XenVlanJson.SerializeSnapshot(snapshot));
        }
        else if (run.IsJson)
            run.Screen.WriteRaw(Json(what, snapshots));
        else if (snapshots.Count > 0)
            SnapshotText.Write(run.Screen, what, snapshots);
        return status;
    }

    private static string Json(string what, IReadOnlyList<HostSnapshot> snapshots) => what switch
    {
        "hosts" => XenVlanJson.Serialize([.. snapshots.Select(SnapshotViews.Host)]),
        "bridges" => XenVlanJson.Serialize([.. snapshots.SelectMany(SnapshotViews.Bridges)]),
        "nics" => XenVlanJson.Serialize([.. snapshots.SelectMany(SnapshotViews.DomainNics)]),
        "vlans" => XenVlanJson.Serialize([.. snapshots.SelectMany(SnapshotViews.VlanInterfaces)]),
        _ => ShowDocument.Write(snapshots),
    };
}
