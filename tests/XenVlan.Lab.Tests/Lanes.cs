namespace XenVlan.Lab.Tests;

/// <summary>
/// The collections of tests: those of one run one after the other, and beside those of the other. Both take about the same
/// time.
/// </summary>
internal static class Lanes
{
    /// <summary>Tests on the hosts of <see cref="LabFixture"/>.</summary>
    public const string SharedHosts = "Shared hosts";

    /// <summary>Tests that bring up hosts of their own.</summary>
    public const string OwnHosts = "Hosts of their own";
}
