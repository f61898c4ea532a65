using System.Globalization;
using System.Text;
using XenVlan.ModelCheck.Topologies;

namespace XenVlan.UndoCheck;

/// <summary>A host by chance: the script that makes it, and the names that changes may be about.</summary>
/// <param name="Script">The script.</param>
/// <param name="Bridges">Its bridges.</param>
/// <param name="Nics">Its NICs and bonds, or what stands for them.</param>
/// <param name="Vifs">What stands for its domains' vifs.</param>
/// <param name="Vlans">Its VLAN interfaces.</param>
internal sealed record RandomHost(
    string Script,
    IReadOnlyList<string> Bridges,
    IReadOnlyList<string> Nics,
    IReadOnlyList<string> Vifs,
    IReadOnlyList<string> Vlans
)
{
    private static readonly int[] Ids = [10, 20, 30, 50, 100, 1000];
    private static readonly string[] PortSettings =
    [
        "hairpin on",
        "isolated on",
        "learning off",
        "flood off",
        "mcast_flood off",
        "cost 50",
        "priority 5",
        "guard on",
        "fastleave on",
        "mcast_router 2",
    ];
    private static readonly string[] Sysctls =
    [
        "ipv4/{0}/rp_filter 2",
        "ipv4/{0}/arp_ignore 1",
        "ipv4/{0}/arp_announce 2",
        "ipv4/{0}/proxy_arp 1",
        "ipv4/{0}/log_martians 1",
        "ipv6/{0}/accept_ra 0",
        "ipv6/{0}/autoconf 0",
        "ipv6/{0}/dad_transmits 3",
        "ipv6/{0}/hop_limit 77",
    ];

    /// <summary>Makes one.</summary>
    /// <param name="dice">The chance.</param>
    public static RandomHost Make(Dice dice) => new Builder(dice).Make();

    private sealed class Builder(Dice dice)
    {
        private readonly StringBuilder _script = new();
        private readonly List<string> _bridges = [];
        private readonly List<string> _nics = [];
        private readonly List<string> _vifs = [];
        private readonly List<string> _vlans = [];
        private readonly Dictionary<string, int> _mtus = new(StringComparer.Ordinal);
        private readonly HashSet<string> _ports = [];
        private readonly HashSet<string> _up = [];

        public RandomHost Make()
        {
            for (var i = 1; i <= dice.Between(2, 3); i++)
                Nic($"eth{i}");
            if (dice.Percent(35))
                Bond();
            for (var i = 1; i <= dice.Between(1, 3); i++)
                Vif(i);
            for (var i = 0; i < dice.Between(1, 2); i++)
                Bridge($"xenbr{i}");
            foreach (var port in _nics.Concat(_vifs).Where(_ => dice.Percent(70)).ToList())
                Port(port);
            for (var i = 0; i < dice.Between(1, 4); i++)
                Vlan();
            var number = 0;
            foreach (var link in _bridges.Concat(_vlans).Concat(_nics).Where(l => !_ports.Contains(l) && dice.Percent(60)).ToList())
                Addresses(link, ++number);
            Settings();
            return new RandomHost(_script.ToString(), _bridges, _nics, _vifs, _vlans);
        }

        private void Line(string line) => _script.Append(line).Append('\n');

        // What is at the other end is not this host's, and says nothing by itself.
        private static string Peer(string name) => $"echo 1 >/proc/sys/net/ipv6/conf/{name}/disable_ipv6 && ip link set {name} up";

        private int Mtu() => dice.Of([1500, 1500, 1500, 1500, 9000, 1400, 1280]);

        private void Nic(string name)
        {
            _nics.Add(name);
            _mtus[name] = Mtu();
            Line($"ip link add {name} mtu {_mtus[name]} type veth peer name p{name} && {Peer($"p{name}")}");
            Up(name, 85);
        }

        private void Up(string name, int percent)
        {
            if (!dice.Percent(percent))
                return;
            _up.Add(name);
            Line($"ip link set {name} up");
        }

        private void Bond()
        {
            _nics.Add("bond0");
            _mtus["bond0"] = Mtu();
            Line("ip link add bond0 type bond mode active-backup miimon 100");
            for (var i = 8; i <= 9; i++)
                Line($"ip link add eth{i} type veth peer name peth{i} && {Peer($"peth{i}")} && ip link set eth{i} master bond0");
            Line($"ip link set bond0 mtu {_mtus["bond0"]}");
            Up("bond0", 90);
        }

        private void Vif(int domain)
        {
            var name = $"vif{domain}.0";
            _vifs.Add(name);
            _mtus[name] = Mtu();
            Line($"ip link add {name} mtu {_mtus[name]} address fe:ff:ff:ff:ff:ff type veth peer name d{domain} && {Peer($"d{domain}")}");
            Up(name, 95);
        }

        private void Bridge(string name)
        {
            _bridges.Add(name);
            _mtus[name] = 1500;
            Line(
                $"ip link add {name} type bridge forward_delay 0 mcast_snooping {dice.Below(2)} vlan_filtering "
                    + $"{(dice.Percent(50) ? 1 : 0)} vlan_default_pvid {dice.Of([1, 1, 1, 0, 7])}"
            );
            if (dice.Percent(15))
                Line($"ip link set {name} address 02:00:00:00:00:{_bridges.Count:x2}");
            if (dice.Percent(20))
            {
                _mtus[name] = Mtu();
                Line($"ip link set {name} mtu {_mtus[name]}");
            }

            Up(name, 90);
        }

        private void Port(string name)
        {
            var bridge = dice.Of(_bridges);
            _ = _ports.Add(name);
            Line($"ip link set {name} master {bridge}");
            _mtus[bridge] = Math.Min(_mtus[bridge], _mtus[name]);
            if (dice.Percent(60))
                Line($"bridge vlan add dev {name} vid {dice.Of(["10", "20-29", "30 pvid untagged", "1000", "50 untagged", "2-4094"])}");
            if (dice.Percent(25))
                Line($"bridge vlan del dev {name} vid 1");
            if (dice.Percent(25))
                Line($"bridge link set dev {name} {dice.Of(PortSettings)}");
            if (dice.Percent(40))
                Line($"bridge vlan add dev {bridge} vid {dice.Of(["10", "20-29", "30", "50", "100", "1000"])} self");
        }

        private void Vlan()
        {
            var parent = dice.Of([.. _bridges, .. _bridges, .. _nics, .. _vlans]);
            var id = dice.Of(Ids);
            var name = dice.Percent(80) ? $"{parent}.{id}" : $"stor{_vlans.Count}";
            if (name.Length > 15 || _vlans.Contains(name))
                return;
            _vlans.Add(name);
            _mtus[name] = dice.Percent(75) ? _mtus[parent] : Math.Min(_mtus[parent], 1400);
            Line($"ip link add link {parent} name {name} type vlan {(dice.Percent(10) ? "protocol 802.1ad " : "")}id {id}");
            Line($"ip link set {name} mtu {_mtus[name]}");
            if (dice.Percent(15))
                Line($"ip link set {name} address 02:00:00:00:01:{_vlans.Count:x2}");
            if (_up.Contains(parent))
                Up(name, 85);
            if (dice.Percent(15) && !parent.StartsWith("xenbr", StringComparison.Ordinal))
                Port(name);
        }

        // The dice are others, as for addresses below.
        private void Settings()
        {
            var others = new Dice(_script.Length);
            foreach (var link in _bridges.Concat(_nics).Concat(_vifs).Concat(_vlans).Where(_ => others.Percent(50)).ToList())
            {
                var words = others.Of(Sysctls).Split(' ');
                var file = string.Format(CultureInfo.InvariantCulture, words[0], $"conf/{link}");
                Line($"echo {words[1]} >/proc/sys/net/{file}");
            }
        }

        private void Addresses(string link, int number)
        {
            string Route(int source) => $"10.{number}.0.0/24 dev {link} proto kernel scope link src 10.{number}.0.{source} metric 400";

            // As NetworkManager gives addresses. The dice are others, so that every number's host is what it was but for that.
            var bare = _up.Contains(link) && new Dice(_script.Length).Percent(25) ? " noprefixroute" : "";
            Line(
                $"ip address add 10.{number}.0.1/24 {(dice.Percent(40) ? "brd + " : "")}dev "
                    + $"{link}{(dice.Percent(15) ? $" label {link[..Math.Min(link.Length, 10)]}:1" : "")}{bare}"
            );
            if (bare.Length > 0)
                Line($"ip route add {Route(1)}");
            if (dice.Percent(30))
                Line($"ip address add 10.{number}.0.2/24 dev {link}{bare}{(bare.Length > 0 ? $" && ip route append {Route(2)}" : "")}");
            var hasIPv6 = dice.Percent(50);
            if (hasIPv6)
                Line($"ip address add fd00:{number}::1/64 dev {link}{(dice.Percent(20) ? " nodad" : "")}{bare}");
            if (hasIPv6 && bare.Length > 0)
                Line($"ip -6 route add fd00:{number}::/64 dev {link} proto kernel metric 400");
            if (!_up.Contains(link))
                return;
            foreach (
                var route in new[]
                {
                    string.Create(CultureInfo.InvariantCulture, $"192.168.{number}.0/24 via 10.{number}.0.254 dev {link}"),
                    $"172.{number}.0.0/16 via 10.{number}.0.254 dev {link} src 10.{number}.0.1 metric 50",
                    $"default via 10.{number}.0.253 dev {link} table {100 + number}",
                    $"10.{number}.0.0/24 dev {link} table {100 + number} src 10.{number}.0.1",
                    $"10.9{number}.0.0/24 dev {link} scope link mtu 1300",
                }
            )
            {
                if (dice.Percent(45))
                    Line($"ip route add {route}");
            }

            if (!hasIPv6)
                return;
            if (dice.Percent(50))
                Line($"ip -6 route add fd01:{number}::/64 via fd00:{number}::254 dev {link} metric 77");
            if (dice.Percent(40))
                Line($"ip -6 route add default via fd00:{number}::254 dev {link} table {100 + number}");
        }
    }
}
