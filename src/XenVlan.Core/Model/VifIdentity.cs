namespace XenVlan.Model;

/// <summary>Which NIC of which domain a vif is the backend of.</summary>
/// <param name="DomainId">The domain's number while it runs.</param>
/// <param name="Index">The NIC's number in that domain, from 0.</param>
public sealed record VifIdentity(int DomainId, int Index);
