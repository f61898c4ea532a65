using XenVlan.Model;

namespace XenVlan.Paths.Forwarding;

/// <summary>A frame's tags.</summary>
/// <param name="Outer">The outermost tag; null for none.</param>
/// <param name="Inner">The tags inside the outermost; null for none.</param>
/// <param name="IsOuterInside">
/// Whether the outermost tag is a part of the packet, and not carried beside it (<c>vlan_tci</c>): a bridge took another one
/// off, and the frame has not been received again since.
/// </param>
internal readonly record struct Frame(VlanTag? Outer, InnerTags? Inner, bool IsOuterInside = false)
{
    /// <summary>
    /// How many tags a frame may have here. The kernel knows no such limit; but where bridges of the two standards are in a
    /// loop, there must be an end to it.
    /// </summary>
    public const int MaximumTags = 8;

    /// <summary>The bytes of an 802.1Q tag (IEEE 802.1Q, 9.3).</summary>
    public const int TagSize = 4;

    /// <summary>A frame without a tag.</summary>
    public static Frame Untagged { get; }

    /// <summary>Its tags, outermost first.</summary>
    public IReadOnlyList<VlanTag> Tags
    {
        get
        {
            if (Outer is not { } outer)
                return [];
            var tags = new List<VlanTag> { outer };
            for (var inner = Inner; inner is not null; inner = inner.Below)
                tags.Add(inner.Tag);
            return tags;
        }
    }

    /// <summary>How many tags it has.</summary>
    public int TagCount => (Outer is null ? 0 : 1) + (Inner?.Count ?? 0);

    /// <summary>
    /// The bytes of the tags that count as a part of the packet: all but the outermost, which the kernel carries beside the
    /// packet (<c>vlan_tci</c>, set by <c>skb_vlan_untag</c> in <c>net/core/skbuff.c</c>) or the room for which is allowed
    /// for anyhow.
    /// </summary>
    public int InnerTagBytes => Math.Max(0, TagCount - 1) * TagSize;

    /// <summary>The bytes of the tags that are a part of the packet now.</summary>
    public int InsideBytes => InnerTagBytes + (IsOuterInside ? TagSize : 0);

    /// <summary>The frame as it is once received: the outermost tag beside it.</summary>
    public Frame Received => this with { IsOuterInside = false };

    /// <summary>The frame with a tag put around it; null where it has as many as may be.</summary>
    /// <param name="tag">The tag.</param>
    /// <returns>The tagged frame.</returns>
    public Frame? Push(VlanTag tag) => TagCount == MaximumTags ? null : new Frame(tag, Outer is { } outer ? new InnerTags(outer, Inner) : null);

    /// <summary>The frame without its outermost tag.</summary>
    /// <returns>The frame inside.</returns>
    public Frame Pop() => new(Inner?.Tag, Inner?.Below);

    /// <summary>The frame without its outermost tag, the one inside left where it is: as a port of a bridge sends it.</summary>
    /// <returns>The frame inside.</returns>
    public Frame Uncover() => Pop() with { IsOuterInside = Inner is not null };

    /// <summary>The frame's tags as people say them.</summary>
    /// <returns>Such as <c>tagged 10</c> or <c>untagged</c>.</returns>
    public string Describe() => TagCount == 0 ? "untagged" : $"tagged {string.Join(" in ", Tags.Reverse())}";

    /// <summary>The same: what the compiler would write prints <see cref="Received"/> within itself without end.</summary>
    /// <returns>Such as <c>tagged 10</c> or <c>untagged</c>.</returns>
    public override string ToString() => Describe();
}
