using XenVlan.Cli.Output;
using XenVlan.Discovery;
using XenVlan.Model;
using XenVlan.Model.Json;

namespace XenVlan.Cli.Json;

/// <summary>
/// Hosts with what is on them as JSON, which is written as they come: an array, or, of everything, an object whose
/// <c>hosts</c> come first and whose other arrays are written when all hosts have come.
/// </summary>
internal sealed class ShowDocument : IDisposable
{
    private readonly Screen _screen;
    private readonly Func<IReadOnlyList<HostSnapshot>, string> _write;
    private readonly List<HostSnapshot>? _all;
    private bool _isFirst = true;

    private ShowDocument(Screen screen, Func<IReadOnlyList<HostSnapshot>, string> write, bool isEverything)
    {
        _screen = screen;
        _write = write;
        _all = isEverything ? [] : null;
        _screen.WritePart(isEverything ? "{\n  \"hosts\": [" : "[");
    }

    /// <summary>Begins the document.</summary>
    /// <param name="screen">Where to.</param>
    /// <param name="what"><c>hosts</c>, <c>bridges</c>, <c>nics</c> or <c>vlans</c>; anything else is all of it.</param>
    /// <returns>The document; it is whole when it was disposed of, whatever ends it.</returns>
    public static ShowDocument Begin(Screen screen, string what) =>
        what switch
        {
            "hosts" => new ShowDocument(screen, Hosts, isEverything: false),
            "bridges" => new ShowDocument(screen, Bridges, isEverything: false),
            "nics" => new ShowDocument(screen, Nics, isEverything: false),
            "vlans" => new ShowDocument(screen, Vlans, isEverything: false),
            _ => new ShowDocument(screen, Hosts, isEverything: true),
        };

    /// <summary>Writes hosts.</summary>
    public void Add(IReadOnlyList<HostSnapshot> snapshots)
    {
        _all?.AddRange(snapshots);
        var items = Items(_write(snapshots));
        if (items.Length == 0)
            return;
        _screen.WritePart((_isFirst ? "" : ",") + (_all is null ? items : Indented(items)));
        _isFirst = false;
    }

    /// <summary>Ends the document.</summary>
    public void Dispose()
    {
        if (_all is null)
            _screen.WritePart(_isFirst ? "]\n" : "\n]\n");
        else
            _screen.WritePart(
                $"{(_isFirst ? "]" : "\n  ]")},\n  \"bridges\": {Indented(Bridges(_all))},\n  \"domainNics\": "
                    + $"{Indented(Nics(_all))},\n  \"vlanInterfaces\": {Indented(Vlans(_all))}\n}}\n"
            );
    }

    private static string Hosts(IReadOnlyList<HostSnapshot> snapshots) => XenVlanJson.Serialize([.. snapshots.Select(SnapshotViews.Host)]);

    private static string Bridges(IReadOnlyList<HostSnapshot> snapshots) =>
        XenVlanJson.Serialize([.. snapshots.SelectMany(SnapshotViews.Bridges)]);

    private static string Nics(IReadOnlyList<HostSnapshot> snapshots) =>
        XenVlanJson.Serialize([.. snapshots.SelectMany(SnapshotViews.DomainNics)]);

    private static string Vlans(IReadOnlyList<HostSnapshot> snapshots) =>
        XenVlanJson.Serialize([.. snapshots.SelectMany(SnapshotViews.VlanInterfaces)]);

    // What is between the brackets of an array.
    private static string Items(string array) => array[1..^1].TrimEnd();

    // No text in JSON has a line feed in it.
    private static string Indented(string json) => json.ReplaceLineEndings("\n").Replace("\n", "\n  ", StringComparison.Ordinal);
}
