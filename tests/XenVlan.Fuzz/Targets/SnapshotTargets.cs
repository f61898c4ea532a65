using System.Net;
using System.Text.Json;
using XenVlan.Changes;
using XenVlan.Changes.Desired;
using XenVlan.Changes.Persistence;
using XenVlan.Changes.Persistence.Files;
using XenVlan.Cli.Json;
using XenVlan.Cli.Output;
using XenVlan.Cli.Reports;
using XenVlan.Discovery;
using XenVlan.Discovery.Probe;
using XenVlan.Drawing;
using XenVlan.Hosts;
using XenVlan.Model;
using XenVlan.Model.Json;
using XenVlan.Paths;
using XenVlan.Paths.Ends;

namespace XenVlan.Fuzz.Targets;

/// <summary>A snapshot of what the probe printed, and what is made of it: views, pictures, plans, predictions.</summary>
internal static class SnapshotTargets
{
    private const string Unusable = "network interfaces";

    private static readonly IReadOnlyList<string> Snapshots =
    [
        .. Corpus.Probes.Select(p => Build(p) is { } s ? XenVlanJson.SerializeSnapshot(s) : "").Where(s => s.Length > 0),
    ];
    private static readonly IReadOnlyList<string> Small = [.. Corpus.Probes.Select(Shorter)];

    /// <summary>Makes the list.</summary>
    /// <returns>The readers.</returns>
    public static IEnumerable<FuzzTarget> Make() =>
        [
            new FuzzTarget("probe", Corpus.Probes, text => _ = Build(text)) { Weight = 2 },
            new FuzzTarget(
                "probe-error",
                ["\nMARK begin ovs\novs-vsctl: failed\n\nMARK begin files\n"],
                text =>
                    _ = SnapshotOutput.Parse(
                        Corpus.Probes[0],
                        text.Replace("MARK", Corpus.ProbeMark, StringComparison.Ordinal),
                        Corpus.ProbeMark
                    )
            ),
            new FuzzTarget("show", Small, text => With(text, Show))
            {
                Weight = 2,
                Memory = (20_000, 40_000_000),
                LongestInput = 20_000,
            },
            new FuzzTarget("draw", Small, text => With(text, Draw)) { Weight = 2, LongestInput = 20_000 },
            new FuzzTarget("plan", Small, text => With(text, s => Plan(s, text)))
            {
                Weight = 2,
                Memory = (20_000, 40_000_000),
                LongestInput = 20_000,
            },
            new FuzzTarget("path", Small, text => With(text, Predict))
            {
                Weight = 3,
                Memory = (100_000, 200_000_000),
                LongestInput = 6_000,
            },
            new FuzzTarget("snapshot-json", Snapshots, ReadJson)
            {
                Weight = 2,
                Memory = (20_000, 40_000_000),
                LongestInput = 60_000,
            },
        ];

    private static HostSnapshot? Build(string text)
    {
        HostSnapshot? snapshot = null;
        Promise.MayRefuse(() => snapshot = SnapshotBuilder.Build("a", default, 0, SnapshotOutput.Parse(text, "", Corpus.ProbeMark)));
        if (snapshot is not null)
        {
            Promise.That(
                !snapshot.NotSeen.Any(o =>
                    o.Why.Contains("was not understood", StringComparison.Ordinal) && !o.Why.Contains("ovs-vsctl", StringComparison.Ordinal)
                ),
                "no parser fails: " + string.Join("; ", snapshot.NotSeen)
            );
            Promise.That(
                !snapshot.NotSeen.Any(o => o.What == Unusable)
                    || !text.Contains("/ifindex:", StringComparison.Ordinal)
                    || snapshot.Interfaces.Count == 0,
                "interfaces are read"
            );
        }

        return snapshot;
    }

    // The same host with little of each section, so that what is made of its snapshot is made fast.
    private static string Shorter(string probe)
    {
        var sections = probe.Split($"\n{Corpus.ProbeMark} begin ");
        return string.Join(
            $"\n{Corpus.ProbeMark} begin ",
            sections.Select(s => s.StartsWith("files", StringComparison.Ordinal) ? Few(s) : s)
        );
    }

    private static string Few(string files)
    {
        string[] wanted =
        [
            "files",
            "./lo/",
            "./eth1/",
            "./xenbr0/",
            "./xenbr0.10/",
            "./vif1.0/",
            "./vif2.0/",
            "./bond",
            "/sys/",
            "/proc/",
            Corpus.ProbeMark,
            "./ovs",
        ];
        string[] useless = ["/statistics/", "/uevent:INTERFACE", "/uevent:IFINDEX", "/tx_", "/rx_"];
        return string.Join(
            '\n',
            files
                .Split('\n')
                .Where(l =>
                    l.Length == 0
                    || (
                        wanted.Any(w => l.StartsWith(w, StringComparison.Ordinal))
                        && !useless.Any(u => l.Contains(u, StringComparison.Ordinal))
                    )
                )
        );
    }

    private static void With(string text, Action<HostSnapshot> act)
    {
        // Wherever a piece of it begins, it is of a host that is there.
        var start = text.Contains($"{Corpus.ProbeMark} begin host\nLinux", StringComparison.Ordinal)
            ? ""
            : $"\n{Corpus.ProbeMark} begin host\nLinux\n6.1.0\na\n0\n{Corpus.ProbeMark} begin "
                + $"configuration\n/proc/xen\n{Corpus.ProbeMark} begin files\n/proc/xen/capabilities:control_d\n";
        if (Build(start + text) is { } snapshot)
            act(snapshot);
    }

    private static void Views(HostSnapshot host)
    {
        _ = SnapshotViews.Host(host);
        _ = SnapshotViews.Bridges(host);
        _ = SnapshotViews.DomainNics(host);
        _ = SnapshotViews.VlanInterfaces(host);
    }

    private static void Show(HostSnapshot host)
    {
        Views(host);
        using var json = new StringWriter();
        using (var document = ShowDocument.Begin(new Screen(json, null, colours: false), "all"))
            document.Add([host]);
        using (JsonDocument.Parse(json.ToString()))
            _ = json;
        using var text = new StringWriter();
        SnapshotText.Write(new Screen(text, 100, colours: false), "all", [host]);
        foreach (var line in text.ToString().Split('\n'))
            Promise.IsHarmless(line, "a line of show");
    }

    private static void Draw(HostSnapshot host)
    {
        foreach (var line in TreeText.Write(TopologyTree.Draw([host])).Split('\n'))
            Promise.IsHarmless(line, "a line of draw");
        var json = XenVlanJson.SerializeSnapshot(host);
        Promise.IsSame(
            XenVlanJson.SerializeSnapshot(XenVlanJson.DeserializeSnapshot(json)),
            json,
            "a snapshot is the same when it was written and read"
        );
    }

    private static void Plan(HostSnapshot host, string text)
    {
        var random = new Random(text.Length);
        var names = host
            .Interfaces.Select(i => i.Name)
            .Where(n => InterfaceName.TryParse(n, out _))
            .Select(n => new InterfaceName(n))
            .Append(new InterfaceName("eth0"))
            .ToList();
        for (var i = 0; i < 4; i++)
        {
            var changes = Changes(random, names).Take(1 + random.Next(3)).ToList();
            Promise.MayRefuse(() =>
            {
                var plan = ChangePlan.Make(host, changes);
                foreach (var step in plan.Steps)
                    Promise.IsHarmless(step.Description, "a step of a plan");
                _ = PersistencePlanner.Plan(plan, new HostConfiguration());
            });
        }

        foreach (var nic in SnapshotViews.DomainNics(host))
            Promise.MayRefuse(() => _ = ChangePlan.Make(host, new DomainNicRequest { AccessVlan = new VlanId(10), Mtu = 1400 }.For(nic)));
    }

    private static IEnumerable<HostChange> Changes(Random random, List<InterfaceName> names)
    {
        InterfaceName Any() => names[random.Next(names.Count)];
        while (true)
        {
            yield return random.Next(11) switch
            {
                0 => new AddressAbsent(Any(), InterfaceAddress.Parse("10.0.0.1/24")),
                1 => new AddressPresent(Any(), InterfaceAddress.Parse("10.0.0.9/24")),
                2 => new BridgeFilteringIs(Any(), On: true),
                3 => new BridgePortPresent(Any(), Any()),
                4 => new BridgePresent(new InterfaceName("br9")),
                5 => new LinkIsUp(Any()),
                6 => new MtuIs(Any(), 1400),
                7 => new PortVlansAre(Any(), PortVlans.Access(new VlanId(10))),
                8 => new TaggedVlansAre(Any(), VlanSet.Parse("10,20-29")),
                9 => new VlanInterfaceAbsent(Any()),
                _ => new VlanInterfacePresent { Parent = Any(), VlanId = new VlanId(10) },
            };
        }
    }

    private static void Predict(HostSnapshot host)
    {
        var store = new SnapshotStore(NoConnector.Instance, SshSettings.Default);
        store.Add(host);
        var target = HostTarget.Parse("a");
        var nic = host.IsDomain0 && SnapshotViews.DomainNics(host) is [var first, ..] ? first : null;
        foreach (var vlan in SnapshotViews.VlanInterfaces(host).Take(1))
        {
            if (!InterfaceName.TryParse(vlan.Name, out var from))
                continue;
            Test(
                store,
                new PathRequest
                {
                    FromHost = target,
                    FromInterface = from,
                    To = new PathTarget { Address = IPAddress.Parse("10.10.0.2") },
                    Offline = true,
                }
            );
            if (nic is not null)
                Test(
                    store,
                    new PathRequest
                    {
                        FromHost = target,
                        FromInterface = from,
                        To = new PathTarget { Host = target, Nic = new DomainNicName(nic.DomainName ?? "", nic.Index) },
                        TcpPort = 22,
                        Offline = true,
                    }
                );
        }
    }

    private static void Test(SnapshotStore store, PathRequest request) =>
        Promise.MayRefuse(() =>
        {
            var result = new PathTester(store).TestAsync(request, CancellationToken.None).GetAwaiter().GetResult();
            foreach (var line in PathPicture.Draw(result))
                Promise.IsHarmless(line.Text, "a line of a path's picture");
            _ = XenVlanJson.Serialize(result);
        });

    private static void ReadJson(string text)
    {
        HostSnapshot? snapshot = null;
        Promise.MayRefuse(() => snapshot = XenVlanJson.DeserializeSnapshot(text));
        if (snapshot is null)
            return;
        Views(snapshot);
        Draw(snapshot);
        Plan(snapshot, text);
    }
}
