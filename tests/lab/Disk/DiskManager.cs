namespace XenVlan.Lab;

/// <summary>What configures the network of a host with a disk. The host has no other network manager's packages.</summary>
public enum DiskManager
{
    /// <summary>ifupdown, <c>/etc/network/interfaces</c>.</summary>
    Ifupdown,

    /// <summary>NetworkManager, with keyfiles.</summary>
    NetworkManager,

    /// <summary>systemd-networkd, <c>/etc/systemd/network</c>.</summary>
    Networkd,

    /// <summary>netplan, which writes for systemd-networkd.</summary>
    Netplan,

    /// <summary>No manager: a hand-written init script, <c>/etc/init.d/xen-bridge</c>.</summary>
    None,
}
