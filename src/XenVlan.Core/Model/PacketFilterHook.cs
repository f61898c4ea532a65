namespace XenVlan.Model;

/// <summary>Where the kernel asks a chain of a packet filter (<c>NF_BR_*</c> and <c>NF_INET_*</c> in <c>linux/netfilter*.h</c>).</summary>
public enum PacketFilterHook
{
    /// <summary>Nowhere: other chains jump to it.</summary>
    None,

    /// <summary>When an interface has received a frame, before VLAN interfaces and bridges see it.</summary>
    Ingress,

    /// <summary>When it has come in, before it is decided where it goes.</summary>
    Prerouting,

    /// <summary>When it is for the host itself.</summary>
    Input,

    /// <summary>When it crosses a bridge or a router.</summary>
    Forward,

    /// <summary>When the host itself sends it.</summary>
    Output,

    /// <summary>Before it leaves.</summary>
    Postrouting,
}
