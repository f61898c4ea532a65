using System.Globalization;
using System.Text.RegularExpressions;
using Shouldly;
using XenVlan.Model;
using Xunit;

namespace XenVlan.Tests.Paths;

public sealed class PathReasonTests
{
    [Fact]
    public void Every_reason_has_its_number_cause_evidence_and_fix_in_the_documentation()
    {
        var text = File.ReadAllText(Path.Combine(Golden.ProjectDirectory, "..", "..", "docs", "paths.md"));
        var sections = Regex.Split(text, "(?m)^#{2,3} ", RegexOptions.None, TimeSpan.FromSeconds(1));

        var documented = sections.Where(s => char.IsAsciiDigit(s[0])).Select(s => s.Split('\n')[0]).ToList();
        documented.ShouldBe(
            Enum.GetValues<PathReason>()
                .Where(r => r is not PathReason.None)
                .Order()
                .Select(r => string.Create(CultureInfo.InvariantCulture, $"{(int)r} {r}"))
        );
        foreach (var section in sections.Where(s => char.IsAsciiDigit(s[0])))
        {
            foreach (var part in new[] { "\n- Cause: ", "\n- Evidence: ", "\n- Fix: " })
                section.ShouldContain(part);
        }
    }
}
