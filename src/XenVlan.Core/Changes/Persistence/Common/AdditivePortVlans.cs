using XenVlan.Model;

namespace XenVlan.Changes.Persistence.Common;

/// <summary>
/// The VLANs of a port whose manager adds what is configured to what the kernel gives a new port, the bridge's default
/// PVID, and takes nothing away.
/// </summary>
internal sealed record AdditivePortVlans(PortVlans Defaults)
{
    /// <summary>For a bridge with a default PVID.</summary>
    /// <param name="defaultPvid">What is configured; null for the kernel's, 1.</param>
    public static AdditivePortVlans For(string? defaultPvid) =>
        new(
            defaultPvid is null ? PortVlans.Access(new VlanId(VlanId.Minimum))
            : VlanId.TryParse(defaultPvid, out var id) ? PortVlans.Access(id)
            : PortVlans.Empty
        );

    /// <summary>What has to be configured for a port; nothing where a new port is as wanted.</summary>
    /// <returns>What to configure.</returns>
    public PortVlans Missing(PortVlans wanted) => wanted.Equals(Defaults) ? PortVlans.Empty : wanted;

    /// <summary>What a port has with something configured.</summary>
    public PortVlans With(PortVlans configured) =>
        new(
            Defaults.Allowed.Union(configured.Allowed),
            Defaults.Untagged.Except(configured.Allowed).Union(configured.Untagged),
            configured.Pvid ?? (Defaults.Pvid is { } old && configured.Allowed.Contains(old) ? null : Defaults.Pvid)
        );

    /// <summary>Whether a port has what is wanted, as far as that can be said.</summary>
    /// <returns>Whether nothing is to change.</returns>
    public bool IsSatisfiedBy(PortVlans configured, PortVlans wanted) => With(configured).Equals(With(Missing(wanted)));

    /// <summary>The VLANs a port cannot be without.</summary>
    public VlanSet Unremovable(PortVlans wanted) => Defaults.Allowed.Except(wanted.Allowed);
}
