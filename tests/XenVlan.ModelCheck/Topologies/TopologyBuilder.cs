using System.Globalization;
using XenVlan.Model;

namespace XenVlan.ModelCheck.Topologies;

/// <summary>
/// Adds devices to a topology and writes down the commands for them. Never makes a loop: a device is joined to another
/// only where no frame finds from one to the other already. A loop of bridges would flood the host that all topologies
/// are built on.
/// </summary>
internal sealed class TopologyBuilder(Dice dice)
{
    private const int Ends = 10;

    private readonly List<NamespacePlan> _spaces = [];
    private readonly List<Device> _devices = [];
    private readonly List<Wire> _wires = [];
    private readonly int[] _mtus = ChooseMtus(dice);
    private readonly Dictionary<string, int> _names = new(StringComparer.Ordinal);

    public Dice Dice { get; } = dice;

    /// <summary>The VLANs of the topology: few, so that they meet.</summary>
    public IReadOnlyList<int> VlanIds { get; } = dice.Shuffled([1, 2, 10, 20, 100, 4094]).GetRange(0, dice.Between(2, 3));

    public IReadOnlyList<NamespacePlan> Spaces => _spaces;

    public IReadOnlyList<Device> Devices => _devices;

    public IReadOnlyList<Wire> Wires => _wires;

    public IEnumerable<Device> In(NamespacePlan space) => _devices.Where(d => ReferenceEquals(d.Space, space));

    /// <summary>One of the VLANs, the first more often than the others.</summary>
    public int VlanId() => Dice.Percent(65) ? VlanIds[0] : Dice.Of(VlanIds);

    public NamespacePlan AddSpace(string name)
    {
        var space = new NamespacePlan(name);
        _spaces.Add(space);
        return space;
    }

    /// <summary>Adds a veth pair, which is a wire, or a vif and what its domain sees.</summary>
    public (Device Here, Device There) AddPair(NamespacePlan here, string name, NamespacePlan there, string otherName)
    {
        var first = Add(here, DeviceKind.Veth, name, Mtu());
        var second = Add(there, DeviceKind.Veth, otherName, Mtu());
        (first.Peer, second.Peer) = (second, first);
        first.JoinTo(second);
        here.Links.Add(
            $"link add {first.Name} mtu {first.Mtu} address {Mac()} type veth peer name {second.Name} netns "
                + $"{TopologyScript.Prefix}{there.Name} mtu {second.Mtu} address {Mac()}"
        );
        _wires.Add(new Wire([new WireEnd(here.Name, first.Name), new WireEnd(there.Name, second.Name)], VlanSet.All, null, null));
        return (first, second);
    }

    public Device AddBridge(NamespacePlan space, string name, bool forOneVlan = false)
    {
        var filters = Dice.Percent(forOneVlan ? 20 : 50);
        var pvid =
            !filters || Dice.Percent(70) ? 1
            : Dice.Percent(35) ? 0
            : VlanId();
        var mtu = Dice.Percent(25) ? Mtu() : 0;
        var bridge = Add(space, DeviceKind.Bridge, name, mtu == 0 ? _mtus.Min() : mtu, filters, pvid);
        var line = $"link add {bridge.Name}";
        if (Dice.Percent(25))
            line += $" address {Mac()}";
        line += " type bridge";
        if (filters)
            line += $" vlan_filtering 1 vlan_default_pvid {pvid}";
        if (filters && Dice.Percent(12))
            line += " vlan_protocol 802.1ad";
        if (Dice.Percent(4))
        {
            line += " stp_state 1 forward_delay 200";
            space.HasSpanningTree = true;
        }

        space.Links.Add(line);
        if (mtu != 0)
            space.Links.Add($"link set {bridge.Name} mtu {mtu}");
        if (Dice.Percent(4))
            space.Links.Add($"link set {bridge.Name} promisc on");
        return bridge;
    }

    /// <summary>Adds a VLAN interface.</summary>
    /// <returns>The interface; null where its parent has one for that tag.</returns>
    public Device? AddVlan(Device parent)
    {
        var id = VlanId();
        var protocol = Dice.Percent(85) ? "802.1Q" : "802.1ad";
        if (!parent.Taken.Add((protocol, id)))
            return null;
        var lower = Dice.Percent(20) && _mtus.Any(m => m <= parent.Mtu) ? Dice.Of([.. _mtus.Where(m => m <= parent.Mtu)]) : parent.Mtu;
        var stem = parent.Name.Length > 8 ? "vlan" + (_devices.Count).ToString(CultureInfo.InvariantCulture) : parent.Name;
        var suffix = protocol is "802.1Q" ? $".{id}" : $".s{id}";
        var vlan = Add(parent.Space, DeviceKind.Vlan, stem + suffix, lower, depth: parent.Depth + 1);
        vlan.JoinTo(parent);
        parent.Space.Links.Add($"link add link {parent.Name} name {vlan.Name} type vlan protocol {protocol} id {id}");
        if (lower != parent.Mtu)
            parent.Space.Links.Add($"link set {vlan.Name} mtu {lower}");
        return vlan;
    }

    /// <summary>Adds a bond of devices that belong to nothing yet.</summary>
    public Device AddBond(NamespacePlan space, string name, IReadOnlyList<Device> slaves)
    {
        var bond = Add(space, DeviceKind.Bond, name, slaves[0].Mtu);
        space.Links.Add($"link add {bond.Name} mtu {bond.Mtu} type bond mode active-backup miimon {(Dice.Percent(40) ? 100 : 0)}");
        foreach (var slave in slaves)
        {
            slave.Master = bond;
            slave.JoinTo(bond);
            space.Links.Add($"link set {slave.Name} master {bond.Name}");
        }

        if (Dice.Percent(60))
            space.Links.Add($"link set {bond.Name} type bond primary {Dice.Of(slaves).Name}");
        return bond;
    }

    /// <summary>Makes a device a port of a bridge, where that makes no loop.</summary>
    /// <param name="device">The device.</param>
    /// <param name="bridge">The bridge.</param>
    /// <param name="isBackup">The device is a bond's other way to a bridge, which the bond keeps from making a loop.</param>
    public static bool TryAttach(Device device, Device bridge, bool isBackup = false)
    {
        if (device.Master is not null || device.Kind is DeviceKind.Bridge || (!isBackup && device.IsJoinedTo(bridge)))
            return false;
        device.Master = bridge;
        device.JoinTo(bridge);
        device.Space.Links.Add($"link set {device.Name} master {bridge.Name}");
        return true;
    }

    public RandomTopology Finish(int seed)
    {
        var ends = ChooseEnds().Select((d, i) => (d, string.Create(CultureInfo.InvariantCulture, $"10.200.0.{i + 1}"))).ToList();
        foreach (var (device, address) in ends)
            device.Space.Links.Add($"address add {address}/16 dev {device.Name}");
        var queriers = TopologySnooping.Add(this, [.. ends.Select(e => e.d)]);
        var sizes = _mtus.SelectMany(m => Enumerable.Range(m - 9, 19)).Append(60).Where(s => s >= 46).Distinct().Order();
        return new RandomTopology(seed, _spaces, _wires, [.. _devices.Where(d => d.Kind is DeviceKind.Bridge)], ends, [.. sizes])
        {
            Queriers = queriers,
        };
    }

    // Most of them where something can reach something.
    private List<Device> ChooseEnds()
    {
        var free = Dice.Shuffled(_devices.Where(d => d.Master is null));
        var joined = free.GroupBy(d => d.Root()).OrderByDescending(g => g.Count()).SelectMany(g => g).ToList();
        return [.. joined.Take(Ends - 1).Concat(free).Distinct().Take(Ends).OrderBy(d => _devices.IndexOf(d))];
    }

    private static int[] ChooseMtus(Dice dice)
    {
        var usual = dice.Percent(80) ? 1500 : dice.Of([1400, 1504, 9000]);
        return dice.Percent(45)
            ? [usual, usual, usual, .. dice.Shuffled([1496, 1500, 1504, 1400, 1508, 1280, 576, 2000, 9000, 68]).GetRange(0, 2)]
            : [usual];
    }

    private int Mtu() => Dice.Of(_mtus);

    private string Mac() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"02:00:{Dice.Below(256):x2}:{Dice.Below(256):x2}:{Dice.Below(256):x2}:{Dice.Below(256):x2}"
        );

    // A name that is taken gets a number.
    private Device Add(NamespacePlan space, DeviceKind kind, string name, int mtu, bool filters = false, int pvid = 1, int depth = 0)
    {
        var key = $"{space.Name}/{name}";
        var count = _names[key] = _names.GetValueOrDefault(key) + 1;
        var device = new Device
        {
            Space = space,
            Name = count == 1 ? name : $"{name}x{count}",
            Kind = kind,
            Mtu = mtu,
            Filters = filters,
            DefaultPvid = pvid,
            Depth = depth,
        };
        _devices.Add(device);
        return device;
    }
}
