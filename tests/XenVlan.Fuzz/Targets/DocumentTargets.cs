using XenVlan.Discovery;
using XenVlan.Hosts;
using XenVlan.Model;
using XenVlan.Paths.Ends;
using XenVlan.Topology;
using XenVlan.Topology.Yaml;

namespace XenVlan.Fuzz.Targets;

/// <summary>Topology documents, and words that users write.</summary>
internal static class DocumentTargets
{
    private static readonly IReadOnlyList<string> Documents =
    [
        .. Corpus.Files("examples", "*.yaml"),
        .. Corpus.Files("tests/XenVlan.Core.Tests/Topology/Malformed", "*.yaml"),
    ];

    /// <summary>Makes the list.</summary>
    /// <returns>The readers.</returns>
    public static IEnumerable<FuzzTarget> Make() =>
        [
            new FuzzTarget("document", Documents, Read)
            {
                Weight = 2,
                Memory = (40_000, 40_000_000),
                LongestInput = 60_000,
            },
            new FuzzTarget(
                "host-name",
                ["xen1", "root@xen1:2222", "[fe80::1%eth0]:22", "user@[::1]"],
                text => Promise.MayRefuse(() => _ = HostTarget.Parse(text))
            ),
            new FuzzTarget("path-end", ["a/eth0.10", "10.0.0.1", "a/app-a:0", "[fd00::1]", "root@a:22/xenbr0.10", "app-a:0"], End),
        ];

    private static void Read(string text)
    {
        var isValid = TopologyYaml.TryParse(text, "x.yaml", out var document, out var errors);
        Promise.That(isValid || errors.Count > 0, "a document is valid, or there is an error");
        foreach (var error in errors)
            Promise.IsHarmless(error.ToString(), "an error of a document");
        if (document is null)
            return;
        _ = TopologyPlanner.WiresOf(document);
        var store = new SnapshotStore(NoConnector.Instance, SshSettings.Default);
        foreach (var end in document.Ends)
            store.Add(Host(end.Target.Name));
        Promise.MayRefuse(() =>
            _ = TopologyPlanner.PlanAsync(document, store, ChangeScope.Running, CancellationToken.None).GetAwaiter().GetResult()
        );
    }

    private static HostSnapshot Host(string name) =>
        new()
        {
            HostName = name,
            NodeName = name,
            TakenAt = default,
            Kernel = KernelVersion.Parse("6.1.0"),
            IsDomain0 = true,
            XenVersion = "4.17",
            Programs = ["ip", "bridge"],
            Interfaces =
            [
                new()
                {
                    Name = "eth0",
                    Kind = InterfaceKind.Physical,
                    Mtu = 1500,
                    IsUp = true,
                },
                new()
                {
                    Name = "eth1",
                    Kind = InterfaceKind.Physical,
                    Mtu = 1500,
                    IsUp = true,
                },
            ],
        };

    private static void End(string text)
    {
        Promise.MayRefuse(() => _ = PathTarget.Parse(text));
        Promise.MayRefuse(() => _ = PathTarget.ParsePlace(text));
    }
}
