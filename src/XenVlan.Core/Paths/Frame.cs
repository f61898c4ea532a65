using XenVlan.Model;

namespace XenVlan.Paths;

/// <summary>A frame on its way: its tags, at most two, and the size of the packet in it.</summary>
/// <param name="Outer">The outermost tag; null for none.</param>
/// <param name="Inner">The tag inside the outermost; null for none.</param>
/// <param name="PacketSize">The packet's size in bytes, without Ethernet header and tags.</param>
internal readonly record struct Frame(VlanTag? Outer, VlanTag? Inner, int PacketSize)
{
    /// <summary>The bytes of an 802.1Q tag (IEEE 802.1Q, 9.3).</summary>
    public const int TagSize = 4;

    /// <summary>Its tags, outermost first.</summary>
    public IReadOnlyList<VlanTag> Tags =>
        (Outer, Inner) switch
        {
            ({ } outer, { } inner) => [outer, inner],
            ({ } outer, null) => [outer],
            _ => [],
        };

    /// <summary>How many tags it has.</summary>
    public int TagCount => (Outer is null ? 0 : 1) + (Inner is null ? 0 : 1);

    /// <summary>The frame with a tag put around it.</summary>
    /// <param name="tag">The tag.</param>
    /// <returns>The tagged frame.</returns>
    public Frame Push(VlanTag tag) => this with { Outer = tag, Inner = Outer };

    /// <summary>The frame without its outermost tag.</summary>
    /// <returns>The frame inside.</returns>
    public Frame Pop() => this with { Outer = Inner, Inner = null };

    /// <summary>The frame's tags as people say them.</summary>
    /// <returns>Such as <c>tagged 10</c> or <c>untagged</c>.</returns>
    public string Describe() => TagCount == 0 ? "untagged" : $"tagged {string.Join(" in ", Tags.Reverse())}";
}
