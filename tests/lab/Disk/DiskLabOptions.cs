namespace XenVlan.Lab;

/// <summary>Which host with a disk is brought up.</summary>
public sealed record DiskLabOptions
{
    /// <summary>The name of the lab: letters, digits, <c>-</c> and <c>_</c>. Labs of different names run side by side.</summary>
    public string Name { get; init; } = "disk";

    /// <summary>What configures the host's network.</summary>
    public DiskManager Manager { get; init; } = DiskManager.Ifupdown;

    /// <summary>
    /// Whether it is a Xen host with a domain, which boots three times as slowly; otherwise it is a plain machine.
    /// With Xen only <see cref="DiskManager.Ifupdown"/> and <see cref="DiskManager.None"/>.
    /// </summary>
    public bool Xen { get; init; }

    /// <summary>As in <see cref="LabOptions.Directory"/>.</summary>
    public string? Directory { get; init; }
}
