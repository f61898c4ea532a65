namespace XenVlan.Lab.Switching;

/// <summary>A port: its settings and its counters.</summary>
internal sealed class SwitchPort(SwitchPortSettings settings)
{
    private readonly Dictionary<(int Vlan, string Direction, string Fate), long> _counts = [];
    private VlanList _vlans = VlanList.Parse(settings.Vlans);

    public string Name => Settings.Port;

    public SwitchPortSettings Settings { get; private set; } = settings;

    public void Apply(SwitchPortSettings settings)
    {
        if (settings.Native is < VlanList.First or > VlanList.Last)
        {
            throw new LabException($"the native VLAN is {VlanList.First} to {VlanList.Last} or none, not {settings.Native}");
        }

        _vlans = VlanList.Parse(settings.Vlans);
        Settings = settings;
    }

    public bool Allows(int vlan) => _vlans.Contains(vlan);

    public bool HasRoomFor(in EthernetFrame frame) => Settings.Mtu is not { } mtu || frame.PayloadLength <= mtu;

    public void Count(int vlan, string direction, string fate) =>
        _counts[(vlan, direction, fate)] = _counts.GetValueOrDefault((vlan, direction, fate)) + 1;

    public void ResetCounters() => _counts.Clear();

    public IReadOnlyList<SwitchCount> Counts() =>
        [
            .. _counts
                .OrderBy(count => count.Key)
                .Select(count => new SwitchCount(count.Key.Vlan, count.Key.Direction, count.Key.Fate, count.Value)),
        ];
}
