namespace XenVlan.Lab.Tests.Diagnosis;

/// <summary>What must not be taken for broken.</summary>
internal static class HealthyCases
{
    public static IReadOnlyList<DiagnosisCase> All { get; } =
    [
        new("nothing: domain to domain", "ftp-a/eth0.10", "ftp-b"),
        new("nothing: domain to domain through filtering bridges", "ftp-a/eth0.10", "ftp-b") { Filters = true },
        new("nothing: domain 0 to domain 0", "a/xenbr0.10", "b"),
        new("nothing: IPv6", "ftp-a/eth0.10", "fd00:10::21"),
        new("nothing: without a tag", "ftp-a/eth0", "10.30.0.21"),
    ];
}
