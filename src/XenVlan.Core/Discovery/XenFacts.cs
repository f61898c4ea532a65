using XenVlan.Model;

namespace XenVlan.Discovery;

/// <summary>What a host is to Xen.</summary>
/// <param name="Version">Xen's version; null where the host does not run on Xen.</param>
/// <param name="IsDomain0">Whether it is domain 0.</param>
/// <param name="Domains">The running domains.</param>
/// <param name="Vifs">Their NICs.</param>
internal sealed record XenFacts(string? Version, bool IsDomain0, IReadOnlyList<XenDomain> Domains, IReadOnlyList<VifRecord> Vifs);
