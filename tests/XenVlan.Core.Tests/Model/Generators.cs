using System.Text;
using FsCheck;
using FsCheck.Fluent;
using XenVlan.Model;

namespace XenVlan.Tests.Model;

/// <summary>What property tests draw their values from.</summary>
internal static class Generators
{
    private const string Hazards = "'\"\\$`!*?[]{}()<>|&;#~=%^ \t\n\r-abc019./\u00e4\u4e2d\u202e\u001b";

    public static Gen<VlanId> VlanIds { get; } = Gen.Choose(VlanId.Minimum, VlanId.Maximum).Select(n => new VlanId(n));

    // Single ids and runs of them, as people and bridges have them.
    public static Gen<VlanSet> VlanSets { get; } =
        Gen.Zip(VlanIds.ListOf(), Gen.Zip(VlanIds, VlanIds).ListOf())
            .Select(t => t.Item2.Aggregate(VlanSet.Of(t.Item1), (set, ends) => set.Union(VlanSet.FromRange(ends.Item1, ends.Item2))));

    /// <summary>Any text: of hazardous characters, of any characters, and both mixed.</summary>
    public static Gen<string> Texts { get; } =
        Gen.OneOf(
            Gen.Elements(Hazards.ToCharArray()).ArrayOf().Select(c => new string(c)),
            ArbMap.Default.GeneratorFor<string>().Select(s => s ?? ""),
            Gen.Zip(Gen.Elements(Hazards.ToCharArray()).ArrayOf().Select(c => new string(c)), ArbMap.Default.GeneratorFor<string>())
                .Select(t => t.Item1 + t.Item2)
        );

    /// <summary>Text that a program's argument can hold.</summary>
    public static Gen<string> Arguments { get; } = Texts.Where(t => !t.Contains('\0', StringComparison.Ordinal) && IsWellFormed(t));

    private static bool IsWellFormed(string text) => new UTF8Encoding().GetString(new UTF8Encoding().GetBytes(text)) == text;
}
