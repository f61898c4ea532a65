namespace XenVlan.Model;

/// <summary>What implements a bridge.</summary>
public enum BridgeKind
{
    /// <summary>The Linux kernel.</summary>
    Linux,

    /// <summary>Open vSwitch.</summary>
    OpenVSwitch,
}
