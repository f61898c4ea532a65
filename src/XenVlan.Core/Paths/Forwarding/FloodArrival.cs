namespace XenVlan.Paths.Forwarding;

/// <summary>Where a broadcast arrives.</summary>
/// <param name="End">A host's own network stack on an interface, or a domain that was not read, behind its vif.</param>
/// <param name="Room">The largest packet that comes so far, in bytes.</param>
/// <param name="IsCertain">Whether everything on the way was known.</param>
internal sealed record FloodArrival(PathEndpoint End, int Room, bool IsCertain);
