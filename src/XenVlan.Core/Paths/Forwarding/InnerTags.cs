using XenVlan.Model;

namespace XenVlan.Paths.Forwarding;

/// <summary>The tags of a frame inside its outermost.</summary>
/// <param name="Tag">The first of them.</param>
/// <param name="Below">Those inside that one; null for none.</param>
internal sealed record InnerTags(VlanTag Tag, InnerTags? Below)
{
    /// <summary>How many they are.</summary>
    public int Count { get; } = 1 + (Below?.Count ?? 0);
}
