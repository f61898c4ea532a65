namespace XenVlan.Lab.Tests.Diagnosis;

/// <summary>The broken hosts. To add one, add an entry to one of the lists.</summary>
public static class Catalogue
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<DiagnosisCase> All { get; } =
    [
        .. HealthyCases.All,
        .. VlanFaults.All,
        .. LinkFaults.All,
        .. SizeFaults.All,
        .. FilterFaults.All,
        .. BridgeFaults.All,
        .. DomainFaults.All,
    ];
}
