using System.Text.Json;
using Shouldly;
using XenVlan.Cli.Output;
using XenVlan.Model;
using XenVlan.Topology.Yaml;
using Xunit;

namespace XenVlan.Cli.Tests.Reports;

/// <summary>What is to be done, as a user of <c>xenvlan</c> can do it.</summary>
public sealed class CliWordingTests
{
    private static readonly SetDomainNic Trunk = new("a", "web", 1)
    {
        Bridge = "xenbr0",
        AllowedVlans = VlanSet.Parse("10,20-29"),
        NativeVlan = new VlanId(1),
        Mtu = 1504,
        TransmitChecksum = false,
    };

    private static readonly SetDomainNic Access = new("a", "web", 0) { Bridge = "xenbr0", AccessVlan = new VlanId(10) };

    private static readonly (Remedy Remedy, string Words)[] All =
    [
        (new RunCommand("a", "ip link set dev eth1 up"), "On a: ip link set dev eth1 up"),
        (
            Trunk,
            "write 'bridge: xenbr0, trunk: \"10,20-29\", native: 1, mtu: 1504, transmitChecksum: false' for NIC 1 of web on a into a "
                + "topology document, and run 'xenvlan apply' with it"
        ),
        (Access, "write 'bridge: xenbr0, access: 10' for NIC 0 of web on a into a topology document, and run 'xenvlan apply' with it"),
        (
            new NewVlanInterface("b", "xenbr0", new VlanId(10)),
            "write 'xenbr0.10: { parent: xenbr0, vlan: 10 }' under vlanInterfaces of b into a topology document, and run 'xenvlan apply' "
                + "with it"
        ),
        (
            new NewVlanInterface("b", "xenbr0", new VlanId(10), VlanProtocol.Dot1AD),
            "write 'xenbr0.10: { parent: xenbr0, vlan: 10, protocol: 802.1ad }' under vlanInterfaces of b into a topology document, and "
                + "run 'xenvlan apply' with it"
        ),
        (
            new RemoveVlanInterface("b", "eth1.10"),
            "take eth1.10 out of the network configuration of b, and out of a topology document that has it"
        ),
        (new ChangeOnlyWhatRuns(), "change only what runs: --scope running"),
        (new ListTransactions(), "xenvlan transaction list"),
        (new CarryAllVlans(), "all VLANs ('trunk: all')"),
        (new CarryOneVlan(), "one ('access')"),
    ];

    [Fact]
    public void Every_remedy_is_something_that_xenvlan_a_document_or_linux_can_do()
    {
        var kinds = typeof(Remedy).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(Remedy)));
        All.Select(r => r.Remedy.GetType()).Distinct().ShouldBe(kinds, ignoreOrder: true);
        foreach (var (remedy, words) in All)
        {
            remedy.In(CliWording.Instance).ShouldBe(words);
            words.ShouldNotContain("-Xen");
            words.ShouldNotContain(" -Scope");
        }
    }

    [Fact]
    public void What_is_to_be_written_into_a_document_can_be_read_there()
    {
        var document = TopologyYaml.Parse(
            $$"""
            apiVersion: xenvlan/v1
            hosts:
              a:
                bridges: { xenbr0: { uplinks: [eth1], vlanFiltering: true } }
                vlanInterfaces:
                  {{Told(new NewVlanInterface("a", "xenbr0", new VlanId(10)))}}
                  {{Told(new NewVlanInterface("a", "xenbr0", new VlanId(11), VlanProtocol.Dot1AD))}}
            domains:
              web:
                host: a
                nics:
                  0: { {{Told(Access)}} }
                  1: { {{Told(Trunk)}} }
            """,
            "advice.yaml"
        );

        var nics = document.Domains.Single().Nics;
        nics.Single(n => n.Index == 0).Access.ShouldBe(new VlanId(10));
        nics.Single(n => n.Index == 1).Trunk.ShouldBe(VlanSet.Parse("10,20-29"));
        document.Hosts.Single().VlanInterfaces.Count.ShouldBe(2);
    }

    [Fact]
    public void An_error_says_what_can_be_typed_here()
    {
        Report(isJson: false).ShouldBe("xenvlan: Not that. Or change only what runs: --scope running. [XenVlan.NotSupported]");

        var error = JsonDocument.Parse(Report(isJson: true)).RootElement.GetProperty("error");
        error.GetProperty("message").GetString().ShouldBe("Not that. Or change only what runs: --scope running.");
        error.GetProperty("remedies")[0].GetProperty("kind").GetString().ShouldBe("changeOnlyWhatRuns");
    }

    [Fact]
    public void An_error_without_a_remedy_has_none_in_json()
    {
        using var text = new StringWriter();
        new ErrorReporter(text, isJson: true).Report(Errors.Of(ErrorIds.InvalidValue, $"{"x"} is not valid."));

        JsonDocument.Parse(text.ToString()).RootElement.GetProperty("error").TryGetProperty("remedies", out _).ShouldBeFalse();
    }

    private static string Report(bool isJson)
    {
        using var text = new StringWriter();
        new ErrorReporter(text, isJson).Report(Errors.On("a", ErrorIds.NotSupported, $"Not that. Or {new ChangeOnlyWhatRuns()}."));
        return text.ToString().TrimEnd('\n');
    }

    private static string Told(Remedy remedy) => remedy.In(CliWording.Instance).Split('\'')[1];
}
