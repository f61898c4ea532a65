using System.Text;
using System.Text.RegularExpressions;
using XenVlan.Model;
using XenVlan.Topology;

namespace XenVlan.Tests.Topology;

/// <summary>Writes a topology as YAML, in one of the many ways there are.</summary>
/// <param name="style">Which way: whether to quote, to use braces, to write what is the default anyway.</param>
internal sealed class TopologyText(Random style)
{
    public string Write(TopologyDocument document) =>
        Block(
            Map(
                ("apiVersion", TopologyDocument.ApiVersion),
                ("hosts", Named(document.Hosts, h => h.Name, Host)),
                ("domains", Named(document.Domains, d => d.Name, Domain)),
                ("wires", document.Wires.Select(Wire).ToList<object>()),
                ("expect", document.Expectations.Select(Expectation).ToList<object>())
            ),
            0
        );

    private List<(string, object)> Host(TopologyHost host) =>
        Map(
            ("address", Address(host.Target, host.Name)),
            ("bridges", Named(host.Bridges, b => b.Name.Value, Bridge)),
            ("vlanInterfaces", Named(host.VlanInterfaces, i => i.Name.Value, VlanInterface))
        );

    private List<(string, object)> Bridge(TopologyBridge bridge) =>
        Map(
            ("uplinks", bridge.Uplinks.Select(u => u.Value).ToList<object>()),
            ("vlanFiltering", Boolean(bridge.VlanFiltering)),
            ("mtu", bridge.Mtu),
            ("uplinkVlans", bridge.UplinkVlans),
            ("uplinkNative", bridge.UplinkNative),
            ("ownVlans", bridge.OwnVlans)
        );

    private List<(string, object)> VlanInterface(TopologyVlanInterface vlanInterface)
    {
        var told = vlanInterface.Name.Value == $"{vlanInterface.Parent}.{vlanInterface.VlanId}" && Coin();
        return Map(
            ("parent", told ? null : vlanInterface.Parent),
            ("vlan", told ? null : vlanInterface.VlanId),
            (
                "protocol",
                vlanInterface.Protocol is VlanProtocol.Dot1AD ? "802.1ad"
                : Coin() ? "802.1Q"
                : null
            ),
            ("mtu", vlanInterface.Mtu),
            ("addresses", vlanInterface.Addresses.Select(a => a.ToString()).ToList<object>())
        );
    }

    private List<(string, object)> Domain(TopologyDomain domain) =>
        Map(
            ("host", domain.HostName),
            ("nics", Named(domain.Nics, n => n.Index.ToString(), Nic)),
            (
                "guest",
                domain.Guest is { } guest
                    ? Map(
                        ("address", Address(guest.Target, domain.Name)),
                        ("vlanInterfaces", Named(guest.VlanInterfaces, i => i.Name.Value, VlanInterface))
                    )
                    : null
            )
        );

    private List<(string, object)> Nic(TopologyNic nic) =>
        Map(
            ("bridge", nic.Bridge),
            ("access", nic.Access),
            ("trunk", nic.Trunk),
            ("native", nic.Native),
            ("mtu", nic.Mtu),
            ("transmitChecksum", Boolean(nic.TransmitChecksum))
        );

    private List<(string, object)> Wire(TopologyWire wire) =>
        Map(
            ("between", wire.Ends.Select(e => e.ToString()).ToList<object>()),
            ("vlans", wire.Vlans),
            ("native", wire.Native),
            ("mtu", wire.Mtu)
        );

    private List<(string, object)> Expectation(Expectation expectation) =>
        Map(
            ("title", expectation.Title),
            (
                "reachable",
                expectation is ReachableExpectation r ? Map(("vlan", r.Vlan), ("from", r.From), ("to", r.To), ("mtu", r.Mtu)) : null
            ),
            (
                "isolated",
                expectation is IsolatedExpectation i
                    ? Map(("from", i.From), ("fromVlan", i.FromVlan), ("to", i.To), ("toVlan", i.ToVlan))
                    : null
            ),
            (
                "service",
                expectation is ServiceExpectation s
                    ? Map(
                        ("name", s.ServiceName),
                        ("on", s.On),
                        ("port", s.Port),
                        ("vlan", s.Vlan),
                        ("from", s.From.ToList<object>()),
                        ("onlyThere", s.OnlyThere && Coin() ? null : Boolean(s.OnlyThere))
                    )
                    : null
            )
        );

    private string? Address(XenVlan.Hosts.HostTarget target, string name) =>
        target.IsLocal ? "local"
        : target.Name == name && Coin() ? null
        : target.Name;

    private static string? Boolean(bool? value) =>
        value is null ? null
        : value.Value ? "true"
        : "false";

    private static List<(string, object)> Named<T>(IEnumerable<T> items, Func<T, string> name, Func<T, object> value) =>
        [.. items.Select(i => (name(i), value(i)))];

    // The keys of an object may stand in any order.
    private List<(string, object)> Map(params (string Key, object? Value)[] entries)
    {
        var present = entries.Where(e => e.Value is not null).Select(e => (e.Key, e.Value!)).ToArray();
        style.Shuffle(present);
        return [.. present];
    }

    private string Block(object node, int indent)
    {
        var lead = "\n" + new string(' ', indent);
        var text = new StringBuilder();
        switch (node)
        {
            case List<(string, object)> { Count: > 0 } map when indent == 0 || Coin():
                foreach (var (key, value) in map)
                    text.Append(lead).Append(Scalar(key, inFlow: false)).Append(": ").Append(Block(value, indent + 1 + style.Next(3)));
                return text.ToString();
            case List<object> { Count: > 0 } list when Coin():
                foreach (var item in list)
                    text.Append(lead).Append("- ").Append(Block(item, indent + 2));
                return text.ToString();
            default:
                return Flow(node, inFlow: false) + (Coin() ? " # a comment" : "");
        }
    }

    private string Flow(object node, bool inFlow) =>
        node switch
        {
            List<(string, object)> map => "{ "
                + string.Join(", ", map.Select(e => $"{Scalar(e.Item1, inFlow: true)}: {Flow(e.Item2, inFlow: true)}"))
                + " }",
            List<object> list => "[" + string.Join(", ", list.Select(i => Flow(i, inFlow: true))) + "]",
            _ => Scalar(node.ToString()!, inFlow),
        };

    private string Scalar(string text, bool inFlow) =>
        Regex.IsMatch(text, inFlow ? "^[\\w~][\\w./@()-]*$" : "^[\\w~][\\w./@(), -]*$", RegexOptions.NonBacktracking) && style.Next(4) > 0
            ? text
        : Coin() ? $"'{text.Replace("'", "''")}'"
        : $"\"{text.Replace("\\", "\\\\").Replace("\"", "\\\"")}\"";

    private bool Coin() => style.Next(2) == 0;
}
