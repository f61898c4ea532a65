namespace XenVlan.Model;

/// <summary>What sets a host's network up when it boots.</summary>
public enum NetworkManager
{
    /// <summary>Debian's <c>/etc/network/interfaces</c>, by ifupdown or ifupdown2.</summary>
    Ifupdown,

    /// <summary>RHEL's <c>/etc/sysconfig/network-scripts</c>.</summary>
    NetworkScripts,

    /// <summary>NetworkManager.</summary>
    NetworkManager,

    /// <summary>systemd-networkd.</summary>
    SystemdNetworkd,

    /// <summary>netplan, which writes for one of the other two.</summary>
    Netplan,

    /// <summary>XAPI's own.</summary>
    Xapi,
}
