namespace XenVlan.Model;

/// <summary>A condition of a packet filter's rule.</summary>
/// <param name="Kind">What it looks at.</param>
/// <param name="Values">
/// What it may be: names, where a <c>*</c> at the end stands for anything, or numbers and ranges such as <c>30-40</c>.
/// Empty for <see cref="PacketFilterMatchKind.Other"/>.
/// </param>
/// <param name="IsNegated">Whether it must be none of them.</param>
public sealed record PacketFilterMatch(PacketFilterMatchKind Kind, IReadOnlyList<string> Values, bool IsNegated = false)
{
    /// <summary>A condition that is not understood.</summary>
    public static PacketFilterMatch Other { get; } = new(PacketFilterMatchKind.Other, []);
}
