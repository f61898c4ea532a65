using XenVlan.Model;

namespace XenVlan.Changes.Persistence.Networks;

/// <summary>
/// The VLANs of a port whose manager adds what is configured to what the kernel gives a new port, the bridge's default
/// PVID, and takes nothing away.
/// </summary>
/// <param name="Fresh">What a new port has.</param>
internal sealed record AddedVlans(PortVlans Fresh)
{
    /// <summary>For a bridge with a default PVID.</summary>
    /// <param name="defaultPvid">What is configured; null for the kernel's, 1.</param>
    /// <returns>What a new port of it has.</returns>
    public static AddedVlans For(string? defaultPvid) => new(
        defaultPvid is null ? PortVlans.Access(new VlanId(VlanId.Minimum))
        : VlanId.TryParse(defaultPvid, out var id) ? PortVlans.Access(id)
        : PortVlans.Empty);

    /// <summary>What has to be configured for a port; nothing where a new port is as wanted.</summary>
    /// <param name="wanted">What is wanted.</param>
    /// <returns>What to configure.</returns>
    public PortVlans Needed(PortVlans wanted) => wanted.Equals(Fresh) ? PortVlans.Empty : wanted;

    /// <summary>What a port has with something configured.</summary>
    /// <param name="configured">What is configured.</param>
    /// <returns>What it has.</returns>
    public PortVlans With(PortVlans configured) => new(
        Fresh.Allowed.Union(configured.Allowed),
        Fresh.Untagged.Except(configured.Allowed).Union(configured.Untagged),
        configured.Pvid ?? (Fresh.Pvid is { } old && configured.Allowed.Contains(old) ? null : Fresh.Pvid));

    /// <summary>Whether a port has what is wanted, as far as that can be said.</summary>
    /// <param name="configured">What is configured.</param>
    /// <param name="wanted">What is wanted.</param>
    /// <returns>Whether nothing is to change.</returns>
    public bool Suffice(PortVlans configured, PortVlans wanted) => With(configured).Equals(With(Needed(wanted)));

    /// <summary>The VLANs a port cannot be without.</summary>
    /// <param name="wanted">What is wanted.</param>
    /// <returns>Those that stay.</returns>
    public VlanSet Staying(PortVlans wanted) => Fresh.Allowed.Except(wanted.Allowed);
}
