using FsCheck;
using FsCheck.Fluent;
using Shouldly;
using XenVlan.Changes.Commands;
using XenVlan.Model;
using Xunit;

namespace XenVlan.Tests.Changes;

public sealed class BridgeVlanCommandsTests
{
    [Fact]
    public void An_access_port_is_made_of_a_fresh_one_without_a_gap()
    {
        var steps = BridgeVlanCommands
            .Between("vif1.0", isBridge: false, PortVlans.Access(new VlanId(1)), PortVlans.Access(new VlanId(10)))
            .ToList();

        steps.Select(s => s.Do.Text).ShouldBe(["bridge vlan add dev vif1.0 vid 10 pvid untagged", "bridge vlan del dev vif1.0 vid 1"]);
        steps
            .Select(s => s.Undo.Text)
            .ShouldBe([
                "bridge vlan del dev vif1.0 vid 10 && bridge vlan add dev vif1.0 vid 1 pvid untagged",
                "bridge vlan add dev vif1.0 vid 1 pvid untagged",
            ]);
    }

    [Fact]
    public void Neighbouring_vlans_go_as_one_range_and_the_bridge_itself_says_self()
    {
        var wanted = PortVlans.Trunk(VlanSet.Parse("10-20,30"), null);

        var steps = BridgeVlanCommands.Between("xenbr0", isBridge: true, PortVlans.Empty, wanted).ToList();

        steps.Select(s => s.Do.Text).ShouldBe(["bridge vlan add dev xenbr0 vid 10-20 self", "bridge vlan add dev xenbr0 vid 30 self"]);
    }

    [Fact]
    public void What_is_right_already_needs_no_step() =>
        Prop.ForAll(Ports(), port => BridgeVlanCommands.Between("p", false, port, port).Any().ShouldBeFalse()).QuickCheckThrowOnFailure();

    [Fact]
    public void The_steps_lead_from_any_state_to_any_other() =>
        Prop.ForAll(
                Ports(),
                Ports(),
                (now, wanted) =>
                {
                    var port = new KernelPort(now);
                    foreach (var step in BridgeVlanCommands.Between("p", false, now, wanted))
                        port.Run(step.Do.Text);
                    port.ShouldBe(wanted);
                }
            )
            .QuickCheckThrowOnFailure();

    [Fact]
    public void Undoing_any_number_of_steps_newest_first_leads_back() =>
        Prop.ForAll(
                Ports(),
                Ports(),
                (now, wanted) =>
                {
                    var steps = BridgeVlanCommands.Between("p", false, now, wanted).ToList();
                    for (var done = 0; done <= steps.Count; done++)
                    {
                        var port = new KernelPort(now);
                        foreach (var step in steps.Take(done))
                            port.Run(step.Do.Text);
                        foreach (var step in steps.Take(done).Reverse())
                            port.Run(step.Undo.Text);
                        port.ShouldBe(now);
                    }
                }
            )
            .QuickCheckThrowOnFailure();

    private static Arbitrary<PortVlans> Ports()
    {
        var few = Gen.Choose(1, 9).Select(n => new VlanId(n));
        return (
            from allowed in few.ListOf()
            from untagged in few.ListOf()
            from pvid in few
            from hasPvid in Gen.Elements(true, false)
            let set = VlanSet.Of(allowed)
            select new PortVlans(set, VlanSet.Of(untagged).Intersect(set), hasPvid && set.Contains(pvid) ? pvid : null)
        ).ToArbitrary();
    }

    /// <summary>A port as the kernel keeps it (nbp_vlan_add and __vlan_flags_commit in net/bridge/br_vlan.c).</summary>
    private sealed class KernelPort(PortVlans start)
    {
        private readonly SortedDictionary<int, bool> _untagged = new(
            start.Allowed.ToDictionary(v => v.Value, v => start.Untagged.Contains(v))
        );
        private int _pvid = start.Pvid?.Value ?? 0;

        public void Run(string commands)
        {
            foreach (var command in commands.Split(" && "))
                RunOne(command);
        }

        private void RunOne(string command)
        {
            var words = command.Split(' ');
            var range = VlanSet.Parse(words[6]);
            foreach (var vlan in range.Select(v => v.Value))
            {
                if (words[2] == "del")
                {
                    _untagged.Remove(vlan).ShouldBeTrue();
                    if (_pvid == vlan)
                        _pvid = 0;
                    continue;
                }

                _untagged[vlan] = words.Contains("untagged");
                if (words.Contains("pvid"))
                    _pvid = vlan;
                else if (_pvid == vlan)
                    _pvid = 0;
            }
        }

        public void ShouldBe(PortVlans expected)
        {
            VlanSet.Of(_untagged.Keys.Select(v => new VlanId(v))).ShouldBe(expected.Allowed);
            VlanSet.Of(_untagged.Where(v => v.Value).Select(v => new VlanId(v.Key))).ShouldBe(expected.Untagged);
            _pvid.ShouldBe(expected.Pvid?.Value ?? 0);
        }
    }
}
