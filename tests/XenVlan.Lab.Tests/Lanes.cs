namespace XenVlan.Lab.Tests;

/// <summary>
/// The collections of tests: those of one run one after the other, and beside those of the other. Tests of either that are in
/// the third lane are run by <c>./build.sh test</c> in a program of their own, with hosts of their own, when those of
/// PowerShell are over. All three lanes end at about the same time.
/// </summary>
internal static class Lanes
{
    /// <summary>Tests on the hosts of <see cref="LabFixture"/>, and what makes this lane as long as the other.</summary>
    public const string SharedHosts = "Shared hosts";

    /// <summary>Tests that bring up hosts of their own.</summary>
    public const string OwnHosts = "Hosts of their own";

    /// <summary>The name of the trait that puts a class of tests into another lane.</summary>
    public const string Trait = "Lane";

    /// <summary>The value of that trait.</summary>
    public const string Third = "third";
}
