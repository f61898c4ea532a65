namespace XenVlan.Lab.Tests;

/// <summary>The collections of tests: those of one run one after the other, and beside those of the other.</summary>
internal static class Lanes
{
    public const string HostsWithoutDisk = "Hosts without a disk";
    public const string HostsWithDisk = "Hosts with a disk";
}
