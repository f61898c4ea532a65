using XenVlan.Model;

namespace XenVlan.Topology.Yaml;

/// <summary>Checks that the interfaces of one host can exist side by side.</summary>
internal sealed class InterfaceChecks(DocumentErrors errors)
{
    private readonly Dictionary<string, SourcePosition> _names = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SourcePosition> _uplinks = new(StringComparer.Ordinal);
    private readonly Dictionary<(InterfaceName, VlanId, VlanProtocol), TopologyVlanInterface> _vlans = [];

    // What each interface of the document is made on.
    private readonly Dictionary<string, List<string>> _below = new(StringComparer.Ordinal);

    /// <summary>Records an interface's name.</summary>
    public void AddName(InterfaceName name, SourcePosition position)
    {
        if (_names.TryAdd(name.Value, position))
            _below.Add(name.Value, []);
        else
            errors.Add(position, $"This host has an interface {DisplayText.Quote(name.Value)} already, at {_names[name.Value]}.");
    }

    /// <summary>Records a bridge's uplink.</summary>
    public void AddUplink(InterfaceName bridge, Located<InterfaceName> uplink)
    {
        _below[bridge.Value].Add(uplink.Value.Value);
        if (!_uplinks.TryAdd(uplink.Value.Value, uplink.Position))
        {
            errors.Add(
                uplink.Position,
                $"{DisplayText.Quote(uplink.Value.Value)} is an uplink already, at {_uplinks[uplink.Value.Value]}; an interface can be "
                    + $"a port of one bridge."
            );
        }
    }

    /// <summary>Records a VLAN interface.</summary>
    /// <param name="added">The VLAN interface, whose name is recorded.</param>
    public void AddVlan(TopologyVlanInterface added)
    {
        _below[added.Name.Value].Add(added.Parent.Value);
        if (!_vlans.TryAdd((added.Parent, added.VlanId, added.Protocol), added))
        {
            var first = _vlans[(added.Parent, added.VlanId, added.Protocol)];
            errors.Add(
                added.Position,
                $"VLAN {added.VlanId} of {DisplayText.Quote(added.Parent.Value)} belongs to {DisplayText.Quote(first.Name.Value)} "
                    + $"already, at {first.Position}."
            );
        }
    }

    /// <summary>Checks what can be checked only when all interfaces are known: that none is made on itself.</summary>
    public void Finish()
    {
        // Take away, again and again, what is made on nothing that is left: a ring remains.
        var left = _below.ToDictionary(b => b.Key, b => b.Value.Count(_below.ContainsKey));
        var above = _below
            .SelectMany(b => b.Value.Where(_below.ContainsKey).Select(lower => (Lower: lower, Upper: b.Key)))
            .ToLookup(p => p.Lower, p => p.Upper);
        var free = new Queue<string>(left.Where(l => l.Value == 0).Select(l => l.Key));
        while (free.TryDequeue(out var lower))
        {
            left.Remove(lower);
            foreach (var upper in above[lower])
            {
                if (--left[upper] == 0)
                    free.Enqueue(upper);
            }
        }

        if (left.Count == 0)
            return;

        // What remains is the rings and what is made on them; going down from any of it ends in a ring.
        var way = new List<string>();
        var visited = new HashSet<string>(StringComparer.Ordinal);
        var at = left.Keys.First();
        for (; visited.Add(at); at = _below[at].First(left.ContainsKey))
            way.Add(at);
        var ring = way[way.IndexOf(at)..];
        errors.Add(
            ring.Min(name => _names[name]),
            $"These interfaces are made on one another in a ring: {string.Join(" on ", ring)} on {ring[0]}."
        );
    }
}
