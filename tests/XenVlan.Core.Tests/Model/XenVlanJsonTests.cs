using System.Text.Json.Nodes;
using Shouldly;
using XenVlan.Discovery;
using XenVlan.Model;
using XenVlan.Model.Json;
using XenVlan.Tests.Discovery;
using Xunit;
using static XenVlan.Tests.Discovery.ProbeText;

namespace XenVlan.Tests.Model;

public sealed class XenVlanJsonTests
{
    private static readonly HostSnapshot Snapshot = new ProbeText()
        .Domain0(Recorded.Lines("xenstore-ls-f"))
        .Nic("eth1", 3, [.. PortOf(7), "statistics/rx_packets:5000000000", "statistics/tx_packets:1"])
        .Bridge("xenbr0", 7, filtering: true)
        .Vif("vif1.0", 8, 1, 0, PortOf(7, 2))
        .Vlan("xenbr0.10", 9, 7)
        .Interface("bond1", 13, "bonding/mode:active-backup 1", "bonding/active_slave:", "bonding/slaves:")
        .VlanConfig("xenbr0.10      | 10  | xenbr0")
        .Section("port-vlans", Recorded.Lines("filtering.bridge-vlan-show"))
        .Section("addresses", ["9: xenbr0.10    inet 10.10.0.1/24 scope global xenbr0.10"])
        .Section("offloads", Recorded.Lines("ethtool-k-vif1.0"))
        .Build() with
    {
        OpenVSwitchBridges =
        [
            new OpenVSwitchBridge(
                "ovsbr0",
                SpanningTree: true,
                [new OpenVSwitchPort("eth2", ["eth2"], new VlanId(10), VlanSet.Parse("10,20-29"), "native-tagged")]
            ),
        ],
        NotSeen = [new Gap("names", "no \"root\" \u001b[2J")],
    };

    private static string Text => XenVlanJson.SerializeSnapshot(Snapshot);

    [Fact]
    public void A_snapshot_comes_back_from_its_file_as_it_was()
    {
        var back = XenVlanJson.DeserializeSnapshot(Text);
        XenVlanJson.SerializeSnapshot(back).ShouldBe(Text);
        back.Timestamp.ShouldBe(0);
        back.TakenAt.ShouldBe(Snapshot.TakenAt);
        back.FindInterface("vif1.0")!.PortVlans.ShouldBe(Snapshot.FindInterface("vif1.0")!.PortVlans);
        back.Vifs.ShouldBe(Snapshot.Vifs);
        back.FindInterface("eth1")!.Counters.ShouldBe(new InterfaceCounters(5_000_000_000, 1, 0, 0));
        XenVlanJson.Serialize(SnapshotViews.Bridges(back)).ShouldBe(XenVlanJson.Serialize(SnapshotViews.Bridges(Snapshot)));
    }

    [Fact]
    public void Every_property_of_a_snapshot_is_in_its_file()
    {
        // A property that the file loses would go unnoticed by comparing files.
        var back = XenVlanJson.DeserializeSnapshot(Text);
        foreach (
            var property in typeof(HostSnapshot)
                .GetProperties()
                .Where(p =>
                    p.Name is not nameof(HostSnapshot.Timestamp) && !typeof(System.Collections.IEnumerable).IsAssignableFrom(p.PropertyType)
                )
        )
            property.GetValue(back).ShouldBe(property.GetValue(Snapshot), property.Name);
        foreach (var (read, written) in back.Interfaces.Zip(Snapshot.Interfaces))
        {
            read.Addresses.ShouldBe(written.Addresses);
            (read with { Addresses = written.Addresses, Bond = written.Bond }).ShouldBe(written);
        }
    }

    [Fact]
    public void Objects_are_written_in_the_words_people_use()
    {
        var nic = JsonNode.Parse(XenVlanJson.Serialize(SnapshotViews.DomainNics(Snapshot)))![0]!;
        (
            (string?)nic["domainName"],
            (string?)nic["mode"],
            (string?)nic["allowedVlans"],
            (string?)nic["mac"],
            (string?)nic["state"],
            (bool?)nic["transmitChecksumOffload"]
        ).ShouldBe(("d1", "Trunk", "10,2000", "00:16:3e:00:01:01", "Connected", true));
        nic.AsObject().ContainsKey("snapshot").ShouldBeFalse();

        var vlan = JsonNode.Parse(XenVlanJson.Serialize(SnapshotViews.VlanInterfaces(Snapshot)))![0]!;
        ((int?)vlan["vlanId"], (string?)vlan["protocol"], (string?)vlan["addresses"]![0]).ShouldBe((10, "Dot1Q", "10.10.0.1/24"));

        var host = JsonNode.Parse(XenVlanJson.Serialize([SnapshotViews.Host(Snapshot)]))![0]!;
        ((string?)host["kernel"], (string?)host["toolstack"]).ShouldBe(("6.1.0-56-amd64", "XL"));

        var bridges = JsonNode.Parse(XenVlanJson.Serialize(SnapshotViews.Bridges(Snapshot)))!.AsArray();
        bridges.Select(b => (string?)b!["kind"]).ShouldBe(["Linux", "OpenVSwitch"]);
        ((string?)bridges[0]!["uplinks"]![0]).ShouldBe("eth1");
    }

    [Fact]
    public void Nothing_a_terminal_acts_on_is_written() => Text.ShouldAllBe(c => c == '\n' || (c >= ' ' && c <= '~'));

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("apiVersion: xenvlan/v1")]
    [InlineData("{\"format\": \"xenvlan/snapshot-v1\",}")]
    public void A_file_that_is_no_json_is_unreadable(string text)
    {
        var error = Should.Throw<XenVlanException>(() => XenVlanJson.DeserializeSnapshot(text, "/tmp/a.json"));
        error.ErrorId.ShouldBe(ErrorIds.DocumentUnreadable);
        error.Target.ShouldBe("/tmp/a.json");
        error.Message.ShouldContain("/tmp/a.json");
        error.Message.ShouldContain("line 1");
    }

    [Theory]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{\"format\": 1}")]
    [InlineData("{\"format\": \"xenvlan/snapshot-v2\"}")]
    [InlineData("{\"format\": \"xenvlan/snapshot-v1\"}")]
    [InlineData("{\"format\": \"xenvlan/snapshot-v1\", \"snapshot\": null}")]
    [InlineData("{\"format\": \"xenvlan/snapshot-v1\", \"snapshot\": {}}")]
    public void Json_that_is_no_snapshot_is_invalid(string text) =>
        Should.Throw<XenVlanException>(() => XenVlanJson.DeserializeSnapshot(text)).ErrorId.ShouldBe(ErrorIds.DocumentInvalid);

    [Fact]
    public void The_version_that_was_expected_is_named() =>
        Should
            .Throw<XenVlanException>(() => XenVlanJson.DeserializeSnapshot("{\"format\": \"xenvlan/snapshot-v2\"}"))
            .Message.ShouldBe(
                "The snapshot is not one this version can read: its format is \"xenvlan/snapshot-v2\", where \"xenvlan/snapshot-v1\" "
                    + "was expected."
            );

    [Theory]
    [InlineData("\"mac\": \"52:54:00:00:00:03\"", "\"mac\": \"52:54\"", "$.snapshot.interfaces[1].mac")]
    [InlineData("\"id\": 10,", "\"id\": 4095,", "$.snapshot.interfaces")]
    [InlineData("\"allowed\": \"10,2000\"", "\"allowed\": \"10-\"", "\"10-\"")]
    [InlineData("\"kind\": \"Bridge\"", "\"kind\": \"Fridge\"", ".kind")]
    [InlineData("\"parent\": \"xenbr0\"", "\"parent\": \"xenbr0.10\"", "come to no end")]
    [InlineData("10.10.0.1/24", "10.10.0.1", ".addresses[0]")]
    public void A_value_that_is_not_valid_is_named_with_its_place(string valid, string invalid, string place)
    {
        Text.ShouldContain(valid);
        var error = Should.Throw<XenVlanException>(() => XenVlanJson.DeserializeSnapshot(Text.Replace(valid, invalid)));
        error.ErrorId.ShouldBe(ErrorIds.DocumentInvalid);
        error.Message.ShouldContain(place);
    }

    [Fact]
    public void Whatever_is_null_in_a_file_that_cannot_be_is_found_before_it_does_harm()
    {
        // Every value of the file in turn is made null: the file is refused, or all can be done with the snapshot.
        foreach (var path in Paths(JsonNode.Parse(Text)!, []))
        {
            var file = JsonNode.Parse(Text)!;
            Set(file, path);
            HostSnapshot snapshot;
            try
            {
                snapshot = XenVlanJson.DeserializeSnapshot(file.ToJsonString());
            }
            catch (XenVlanException e)
            {
                e.ErrorId.ShouldBe(ErrorIds.DocumentInvalid);
                continue;
            }

            Should.NotThrow(
                () =>
                {
                    SnapshotViews.Host(snapshot);
                    SnapshotViews.Bridges(snapshot);
                    SnapshotViews.DomainNics(snapshot);
                    SnapshotViews.VlanInterfaces(snapshot);
                    XenVlanJson.SerializeSnapshot(snapshot);
                },
                string.Join('.', path)
            );
        }
    }

    private static IEnumerable<object[]> Paths(JsonNode? node, object[] at)
    {
        if (at.Length > 0)
            yield return at;
        var children = node switch
        {
            JsonObject properties => properties.Select(p => ((object)p.Key, p.Value)),
            JsonArray items => items.Select((item, i) => ((object)i, item)),
            _ => [],
        };
        foreach (var (key, child) in children)
        {
            foreach (var path in Paths(child, [.. at, key]))
                yield return path;
        }
    }

    private static void Set(JsonNode node, object[] path)
    {
        foreach (var key in path[..^1])
            node = key is int index ? node[index]! : node[(string)key]!;
        if (path[^1] is int last)
            node[last] = null;
        else
            node[(string)path[^1]] = null;
    }
}
