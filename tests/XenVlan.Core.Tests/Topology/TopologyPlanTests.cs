using System.Globalization;
using System.Text;
using Shouldly;
using XenVlan.Changes;
using XenVlan.Model;
using XenVlan.Tests.Changes.Planner;
using XenVlan.Tests.Discovery;
using XenVlan.Topology;
using XenVlan.Topology.Yaml;
using Xunit;

namespace XenVlan.Tests.Topology;

/// <summary>From a document to the plan of each host.</summary>
public sealed class TopologyPlanTests
{
    private static readonly NetworkHost A = Network.Host("a").Nic("eth0").With("192.0.2.1/24").Bridge("xenbr0").Port("eth1").Vif(5);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static (string Title, string Text, NetworkHost[] Hosts)[] Cases =>
        [
            (
                "Bridges first, then NICs of domains, then the bridge's filtering, so that it never begins with the wrong VLANs.",
                """
                hosts:
                  a:
                    bridges:
                      xenbr0: {uplinks: [eth1], vlanFiltering: true, uplinkVlans: "10,20", ownVlans: "10"}
                    vlanInterfaces:
                      xenbr0.10: {addresses: [10.0.0.1/24]}
                domains:
                  web:
                    host: a
                    nics:
                      0: {bridge: xenbr0, access: 20}
                """,
                [A]
            ),
            (
                "A bridge that is not there is made with its uplinks, their MTU first.",
                """
                hosts:
                  a:
                    bridges:
                      xenbr1: {uplinks: [eth2], mtu: 9000}
                """,
                [A.At("eth0").Nic("eth2").With(i => i with { Master = null, Port = null, PortVlans = null })]
            ),
            (
                "An access VLAN on a bridge that ignores tags is a bridge of its own.",
                """
                hosts:
                  a:
                    bridges:
                      xenbr0: {uplinks: [eth1]}
                domains:
                  web:
                    host: a
                    nics:
                      0: {bridge: xenbr0, access: 20}
                """,
                [A]
            ),
            (
                "What is true already is an empty plan; a domain that can be logged into has one of its own, after that of its host.",
                """
                hosts:
                  a:
                    bridges:
                      xenbr0: {uplinks: [eth1]}
                domains:
                  web:
                    host: a
                    nics:
                      0: {bridge: xenbr0, trunk: all}
                    guest:
                      vlanInterfaces:
                        eth0.10: {addresses: [10.0.0.2/24]}
                """,
                [A, Network.Host("web").Nic("eth0")]
            ),
            (
                "A domain that does not run is an error with its place in the document.",
                """
                hosts:
                  a: {}
                domains:
                  mail:
                    host: a
                    nics:
                      0: {bridge: xenbr0, trunk: all}
                """,
                [A]
            ),
            (
                "So is a NIC that the domain does not have.",
                """
                hosts:
                  a: {}
                domains:
                  web:
                    host: a
                    nics:
                      1: {bridge: xenbr0, trunk: all}
                """,
                [A]
            ),
            (
                "One machine under two names would wait for itself.",
                """
                hosts:
                  a: {}
                  b: {address: a}
                """,
                [A]
            ),
            (
                "A NIC on Open vSwitch is refused with the commands.",
                """
                hosts:
                  a: {}
                domains:
                  web:
                    host: a
                    nics:
                      0: {bridge: ovsbr0, access: 20}
                """,
                [A.OpenVSwitch("ovsbr0", "eth2")]
            ),
        ];

    [Fact]
    public async Task Documents_become_plans()
    {
        var text = new StringBuilder("From a document to the plan of each host: TopologyPlanner\n");
        foreach (var (title, document, hosts) in Cases)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n{PlanText.Line}\n{title}\n\n");
            text.Append(string.Concat(Whole(document).Split('\n').Select(l => $"    {l}\n"))).Append('\n');
            foreach (var host in hosts)
                text.Append(PlanText.Of(host));
            try
            {
                foreach (var plan in await PlanAsync(document, hosts))
                    text.Append(CultureInfo.InvariantCulture, $"\n  plan of {plan.HostName}\n").Append(PlanText.Of(plan));
            }
            catch (XenVlanException refusal)
            {
                text.Append('\n').Append(PlanText.Of(refusal));
            }
        }

        Golden.Verify(text.ToString(), "Topology/plans");
    }

    [Fact]
    public async Task A_host_that_was_changed_as_its_document_says_has_an_empty_plan()
    {
        var (_, document, hosts) = Cases[0];
        var plan = (await PlanAsync(document, hosts)).ShouldHaveSingleItem();
        plan.Steps.ShouldNotBeEmpty();

        (await PlanAsync(document, [new NetworkHost(plan.After)])).ShouldHaveSingleItem().IsEmpty.ShouldBeTrue();
    }

    [Fact]
    public async Task A_document_that_expects_no_path_asks_nobody()
    {
        var hosts = new KnownHosts();

        var results = ExpectationChecker.CheckAsync(Parse("hosts:\n  a: {}\n"), hosts.Store(A), Stop);

        await foreach (var result in results)
            result.ShouldBeNull();
        hosts.Asked.ShouldBe(0);
    }

    [Fact]
    public async Task An_expected_path_from_a_host_that_cannot_be_reached_is_an_error_and_no_answer()
    {
        var document = Parse(
            """
            hosts:
              a:
                vlanInterfaces:
                  eth1.10: {addresses: [10.0.0.1/24]}
              b:
                vlanInterfaces:
                  eth1.10: {addresses: [10.0.0.2/24]}
            expect:
              - reachable: {vlan: 10, from: a, to: b}
            """
        );
        var hosts = new KnownHosts();
        var store = hosts.Store(Host("a", "10.0.0.1/24"), Host("b", "10.0.0.2/24"));

        var error = await Should.ThrowAsync<XenVlanException>(async () =>
        {
            await foreach (var result in ExpectationChecker.CheckAsync(document, store, Stop))
                result.ShouldBeNull();
        });

        error.ErrorId.ShouldBe(ErrorIds.HostUnreachable);
        hosts.Asked.ShouldBeGreaterThan(0);

        static NetworkHost Host(string name, string address) => Network.Host(name).Nic("eth1").Vlan("eth1", 10).With(address);
    }

    private static TopologyDocument Parse(string text) => TopologyYaml.Parse(Whole(text) + "\n", "site.yaml");

    private static string Whole(string text) => $"apiVersion: xenvlan/v1\n{text}";

    private static Task<IReadOnlyList<ChangePlan>> PlanAsync(string document, NetworkHost[] hosts) =>
        TopologyPlanner.PlanAsync(Parse(document), KnownHosts.Of(hosts), ChangeScope.Running, Stop);
}
