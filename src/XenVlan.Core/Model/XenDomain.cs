namespace XenVlan.Model;

/// <summary>A running domain.</summary>
/// <param name="Id">Its number while it runs; 0 is domain 0.</param>
/// <param name="Name">Its name.</param>
public sealed record XenDomain(int Id, string Name);
