using FsCheck;

namespace XenVlan.Tests.Model;

/// <summary>Runs property tests.</summary>
internal static class PropertyExtensions
{
    /// <summary>Tries a property with many values; fails with the smallest one it does not hold for.</summary>
    public static void Holds(this Property property, int tries = 100) =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(tries).WithQuietOnSuccess(true), property);
}
