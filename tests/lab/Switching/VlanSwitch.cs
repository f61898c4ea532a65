namespace XenVlan.Lab.Switching;

/// <summary>
/// The forwarding of an 802.1Q switch: learns where stations are, per VLAN; drops what a port does not allow; sends a
/// port's native VLAN without a tag and every other with one.
/// </summary>
/// <param name="deliver">Hands a frame to the host behind a port, and returns whether the host took it.</param>
internal sealed class VlanSwitch(VlanSwitch.Deliver deliver)
{
    private const string In = "in";
    private const string Out = "out";
    private const string Forwarded = "forwarded";
    private const string Malformed = "malformed";
    private const string LinkDown = "link down";
    private const string NoNative = "untagged, and no native VLAN";
    private const string NotAllowed = "VLAN not allowed";
    private const string TooLong = "longer than the MTU";
    private const string NowhereToGo = "destination is behind the same port";
    private const string NotTaken = "not taken by the host";

    private const int DefaultNative = 1;
    private const int LongestFrame = 1 << 17;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, SwitchPort> _ports = PortNames.ToDictionary(
        name => name,
        name => new SwitchPort(DefaultSettings(name))
    );
    private readonly Dictionary<(ulong Address, int Vlan), SwitchPort> _stations = [];
    private readonly byte[] _outgoing = new byte[LongestFrame];

    public delegate bool Deliver(string port, ReadOnlySpan<byte> frame);

    public static IReadOnlyList<string> PortNames { get; } = ["a1", "a2", "b1", "b2"];

    public static SwitchPortSettings DefaultSettings(string port) => new(port, "all", DefaultNative, null, LinkUp: true);

    /// <summary>Takes a frame from the host behind a port and sends it where it belongs.</summary>
    public void Receive(string portName, ReadOnlySpan<byte> bytes)
    {
        lock (_lock)
        {
            var port = _ports[portName];
            if (!EthernetFrame.TryRead(bytes, out var frame))
            {
                port.Count(0, In, Malformed);
                return;
            }

            var vlan = frame.TaggedVlan is not 0 and var tagged ? tagged : port.Settings.Native ?? 0;
            if (ReasonToDrop(port, frame, vlan) is { } reason)
            {
                port.Count(vlan, In, reason);
                return;
            }

            _stations[(frame.Source, vlan)] = port;
            port.Count(vlan, In, Forward(port, frame, vlan));
        }
    }

    public void Apply(SwitchPortSettings settings)
    {
        lock (_lock)
        {
            var port = _ports.GetValueOrDefault(settings.Port) ?? throw new LabException($"the switch has no port {settings.Port}");
            port.Apply(settings);
            foreach (var station in _stations.Where(station => station.Value == port).Select(station => station.Key).ToList())
            {
                _stations.Remove(station);
            }
        }
    }

    public void ResetCounters()
    {
        lock (_lock)
        {
            foreach (var port in _ports.Values)
            {
                port.ResetCounters();
            }
        }
    }

    public IReadOnlyList<SwitchPortState> Show()
    {
        lock (_lock)
        {
            return [.. _ports.Values.Select(port => new SwitchPortState(port.Settings, port.Counts(), Learned(port)))];
        }
    }

    private static string? ReasonToDrop(SwitchPort port, in EthernetFrame frame, int vlan) =>
        !port.Settings.LinkUp ? LinkDown
        : vlan == 0 ? NoNative
        : !port.Allows(vlan) ? NotAllowed
        : !port.HasRoomFor(frame) ? TooLong
        : null;

    private string Forward(SwitchPort from, in EthernetFrame frame, int vlan)
    {
        if (!frame.IsForMany && _stations.TryGetValue((frame.Destination, vlan), out var known))
        {
            if (known == from)
            {
                return NowhereToGo;
            }

            Send(known, frame, vlan);
            return Forwarded;
        }

        foreach (var port in _ports.Values)
        {
            if (port != from)
            {
                Send(port, frame, vlan);
            }
        }

        return Forwarded;
    }

    private void Send(SwitchPort port, in EthernetFrame frame, int vlan)
    {
        var reason = ReasonToDrop(port, frame, vlan);
        if (reason is null)
        {
            var length = frame.CopyTo(_outgoing, vlan == port.Settings.Native ? null : vlan);
            reason = deliver(port.Name, _outgoing.AsSpan(0, length)) ? Forwarded : NotTaken;
        }

        port.Count(vlan, Out, reason);
    }

    private IReadOnlyList<string> Learned(SwitchPort port) =>
        [
            .. _stations
                .Where(station => station.Value == port)
                .Select(station => $"{Colons(station.Key.Address)}@{station.Key.Vlan}")
                .Order(StringComparer.Ordinal),
        ];

    private static string Colons(ulong address)
    {
        var digits = Convert.ToHexStringLower(BitConverter.GetBytes(address << 16).Reverse().Take(6).ToArray());
        return string.Join(':', digits.Chunk(2).Select(pair => new string(pair)));
    }
}
