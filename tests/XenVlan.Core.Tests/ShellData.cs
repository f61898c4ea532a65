using XenVlan.Tests.Hosts;
using Xunit;

namespace XenVlan.Tests;

/// <summary>Shells as a theory's data.</summary>
internal static class ShellData
{
    /// <summary>A row for each; that of a shell that is not here is skipped, and says so.</summary>
    public static IEnumerable<TheoryDataRow<string>> Of(params string[] shells) =>
        shells.Select(s => new TheoryDataRow<string>(s) { Skip = ShellCommandTests.IsInstalled(s) ? null : $"{s} is not installed here." });
}
