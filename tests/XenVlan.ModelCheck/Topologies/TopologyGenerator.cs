using System.Globalization;

namespace XenVlan.ModelCheck.Topologies;

/// <summary>
/// Makes random topologies: hosts with bridges, wires and bonds between them, domains on veth pairs, VLAN interfaces at
/// every level. Most settings are as people have them, so that frames find their way often enough to be lost by the rest.
/// </summary>
internal sealed class TopologyGenerator
{
    private readonly TopologyBuilder _builder;
    private readonly Dice _dice;
    private readonly List<NamespacePlan> _hosts = [];

    private TopologyGenerator(Dice dice)
    {
        _dice = dice;
        _builder = new TopologyBuilder(dice);
    }

    /// <summary>Makes the topology of a seed.</summary>
    public static RandomTopology Make(int seed)
    {
        var generator = new TopologyGenerator(new Dice(seed));
        generator.AddHosts();
        generator.AddWires();
        generator.AddDomains();
        foreach (var host in generator._hosts)
            generator.AddVlans(host, generator._dice.Between(1, 3));
        TopologySettings.Add(generator._builder);
        return generator._builder.Finish(seed);
    }

    private void AddHosts()
    {
        var count = _dice.Of([1, 2, 2, 2, 3]);
        for (var number = 1; number <= count; number++)
        {
            var host = _builder.AddSpace("h" + Text(number));
            _hosts.Add(host);
            var bridges = _dice.Of([1, 1, 2, 3]);
            for (var bridge = 0; bridge < bridges; bridge++)
                _ = _builder.AddBridge(host, "br" + Text(bridge));
        }
    }

    private void AddWires()
    {
        for (var next = 1; next < _hosts.Count; next++)
        {
            AddLink(_hosts[next - 1], _hosts[next]);
            if (_dice.Percent(25))
                AddLink(_hosts[_dice.Below(next)], _hosts[next]);
        }

        // A host's own two bridges may be joined as well.
        var host = _dice.Of(_hosts);
        if (_dice.Percent(20))
        {
            var (here, there) = _builder.AddPair(host, "join0", host, "join1");
            Attach(here, 80);
            Attach(there, 80);
        }
    }

    private void AddLink(NamespacePlan here, NamespacePlan there)
    {
        var (first, other) = _builder.AddPair(here, "eth1", there, "eth1");
        if (_dice.Percent(65))
        {
            Attach(first, 75);
            Attach(other, 75);
            return;
        }

        var (second, otherSecond) = _builder.AddPair(here, "eth2", there, "eth2");
        Attach(_builder.AddBond(here, "bond0", [first, second]), 75);
        if (_dice.Percent(50))
        {
            Attach(_builder.AddBond(there, "bond0", [other, otherSecond]), 75);
        }
        else if (_dice.Of([.. BridgesOf(there)]) is var bridge && TopologyBuilder.TryAttach(other, bridge))
        {
            _ = TopologyBuilder.TryAttach(otherSecond, bridge, isBackup: true);
        }
    }

    private void AddDomains()
    {
        var count = _dice.Between(1, 4);
        for (var number = 1; number <= count; number++)
        {
            var host = _dice.Of(_hosts);
            var domain = _builder.AddSpace("g" + Text(number));
            var nics = _dice.Percent(25) ? 2 : 1;
            for (var nic = 0; nic < nics; nic++)
            {
                var (vif, frontend) = _builder.AddPair(host, $"v{Text(number)}.{Text(nic)}", domain, "eth" + Text(nic));
                Attach(vif, 88);
                if (_dice.Percent(15))
                    _ = TopologyBuilder.TryAttach(frontend, _builder.AddBridge(domain, "br" + Text(nic)));
            }

            AddVlans(domain, _dice.Below(3));
        }
    }

    private void AddVlans(NamespacePlan space, int count)
    {
        for (var vlan = 0; vlan < count; vlan++)
        {
            // A VLAN interface on a bond's slave is rare, but can be.
            var parents = _builder
                .In(space)
                .Where(d => d.Depth < 3 && (d.Master?.Kind is not DeviceKind.Bond || _dice.Percent(10)))
                .ToList();
            if (_builder.AddVlan(_dice.Of(parents)) is not { } added)
                continue;
            if (_dice.Percent(25))
                _ = TopologyBuilder.TryAttach(added, _builder.AddBridge(space, $"brv{Text(vlan)}", forOneVlan: true));
            else if (_dice.Percent(20))
                Attach(added, 100);
        }
    }

    private void Attach(Device device, int percent)
    {
        if (_dice.Percent(percent) && BridgesOf(device.Space).Where(b => !b.IsJoinedTo(device)).ToList() is { Count: > 0 } bridges)
            _ = TopologyBuilder.TryAttach(device, _dice.Of(bridges));
    }

    private IEnumerable<Device> BridgesOf(NamespacePlan space) => _builder.In(space).Where(d => d.Kind is DeviceKind.Bridge);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
