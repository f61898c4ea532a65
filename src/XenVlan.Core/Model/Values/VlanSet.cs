using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Numerics;
using System.Text;

namespace XenVlan.Model;

/// <summary>
/// An immutable set of VLAN ids, written as ids and ranges: <c>10,20-29</c>; <c>none</c> is the empty set and
/// <c>all</c> is 1-4094.
/// </summary>
public sealed class VlanSet : IEquatable<VlanSet>, IReadOnlyCollection<VlanId>
{
    private const int BitsPerWord = 64;
    private const int Words = 4096 / BitsPerWord;

    // Bit n of the set is VLAN n; bits 0 and 4095 are never set.
    private readonly ulong[] _bits;

    private VlanSet(ulong[] bits)
    {
        _bits = bits;
        Count = bits.Sum(BitOperations.PopCount);
    }

    /// <summary>The set without any VLAN.</summary>
    public static VlanSet None { get; } = new(new ulong[Words]);

    /// <summary>The set of all VLANs, 1 to 4094.</summary>
    public static VlanSet All { get; } = FromRange(new VlanId(VlanId.Minimum), new VlanId(VlanId.Maximum));

    /// <summary>How many VLANs the set holds, 0 to 4094.</summary>
    public int Count { get; }

    /// <summary>Whether the set holds no VLAN.</summary>
    public bool IsEmpty => Count == 0;

    /// <summary>A set of the given ids.</summary>
    /// <param name="ids">Any ids, in any order, repeated or not.</param>
    /// <returns>The set.</returns>
    public static VlanSet Of(params IEnumerable<VlanId> ids)
    {
        ArgumentNullException.ThrowIfNull(ids);
        var bits = new ulong[Words];
        foreach (var id in ids)
            bits[id.Value / BitsPerWord] |= 1UL << (id.Value % BitsPerWord);
        return new VlanSet(bits);
    }

    /// <summary>A set of all ids from one to another.</summary>
    /// <param name="first">The smallest.</param>
    /// <param name="last">The largest.</param>
    /// <returns>The set; empty when <paramref name="first"/> is larger than <paramref name="last"/>.</returns>
    public static VlanSet FromRange(VlanId first, VlanId last)
    {
        var bits = new ulong[Words];
        for (var id = first.Value; id <= last.Value; id++)
            bits[id / BitsPerWord] |= 1UL << (id % BitsPerWord);
        return new VlanSet(bits);
    }

    /// <summary>Reads a set.</summary>
    /// <param name="text">Ids and ranges separated by commas, <c>none</c> or <c>all</c>.</param>
    /// <returns>The set.</returns>
    /// <exception cref="XenVlanException"><see cref="ErrorIds.InvalidValue"/>: some part is no id and no range.</exception>
    public static VlanSet Parse(string text) =>
        Read(text, out var set, out var problem) ? set : throw Errors.Of(ErrorIds.InvalidValue, $"{problem:unquoted}");

    /// <summary>Reads a set.</summary>
    /// <param name="text">Ids and ranges separated by commas, <c>none</c> or <c>all</c>.</param>
    /// <param name="set">The set, where the text is one.</param>
    /// <returns>Whether the text is a set.</returns>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out VlanSet? set) => Read(text, out set, out _);

    /// <summary>Whether the set holds a VLAN.</summary>
    /// <param name="id">The VLAN.</param>
    /// <returns>Whether it is in the set.</returns>
    public bool Contains(VlanId id) => (_bits[id.Value / BitsPerWord] >> (id.Value % BitsPerWord) & 1) != 0;

    /// <summary>What is in either set.</summary>
    /// <param name="other">The other set.</param>
    /// <returns>The union.</returns>
    public VlanSet Union(VlanSet other) => Combine(other, static (a, b) => a | b);

    /// <summary>What is in both sets.</summary>
    /// <param name="other">The other set.</param>
    /// <returns>The intersection.</returns>
    public VlanSet Intersect(VlanSet other) => Combine(other, static (a, b) => a & b);

    /// <summary>What is in this set and not in the other.</summary>
    /// <param name="other">The other set.</param>
    /// <returns>The difference.</returns>
    public VlanSet Except(VlanSet other) => Combine(other, static (a, b) => a & ~b);

    /// <summary>The set as the fewest ranges, smallest first.</summary>
    /// <returns>Each run of neighbouring ids.</returns>
    public IEnumerable<VlanRange> Ranges()
    {
        for (var id = VlanId.Minimum; id <= VlanId.Maximum; id++)
        {
            if (!Contains(new VlanId(id)))
                continue;
            var first = id;
            while (id < VlanId.Maximum && Contains(new VlanId(id + 1)))
                id++;
            yield return new VlanRange(new VlanId(first), new VlanId(id));
        }
    }

    /// <inheritdoc/>
    public IEnumerator<VlanId> GetEnumerator()
    {
        for (var id = VlanId.Minimum; id <= VlanId.Maximum; id++)
        {
            if (Contains(new VlanId(id)))
                yield return new VlanId(id);
        }
    }

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <inheritdoc/>
    public bool Equals(VlanSet? other) => other is not null && _bits.AsSpan().SequenceEqual(other._bits);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as VlanSet);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (var word in _bits)
            hash.Add(word);
        return hash.ToHashCode();
    }

    /// <summary>The set in its shortest form, which <see cref="Parse"/> reads back.</summary>
    /// <returns>Such as <c>10,20-29</c>; <c>none</c> when empty.</returns>
    public override string ToString()
    {
        if (IsEmpty)
            return "none";

        var text = new StringBuilder();
        foreach (var range in Ranges())
        {
            if (text.Length > 0)
                text.Append(',');
            text.Append(range);
        }

        return text.ToString();
    }

    private static bool Read(string? text, [NotNullWhen(true)] out VlanSet? set, out string problem)
    {
        set = null;
        problem = "";
        var trimmed = text?.Trim() ?? "";
        if (string.Equals(trimmed, "none", StringComparison.OrdinalIgnoreCase))
        {
            set = None;
            return true;
        }

        if (string.Equals(trimmed, "all", StringComparison.OrdinalIgnoreCase))
        {
            set = All;
            return true;
        }

        var bits = new ulong[Words];
        foreach (var part in trimmed.Split(','))
        {
            if (!ReadRange(part.Trim(), out var first, out var last))
            {
                problem = string.Create(
                    CultureInfo.InvariantCulture,
                    $"VLAN set {DisplayText.Quote(text)} is not valid: {DisplayText.Quote(part.Trim())} is neither a VLAN id (1 to "
                        + $"4094) nor a range of them, smaller first, such as 20-29."
                );
                return false;
            }

            for (var id = first.Value; id <= last.Value; id++)
                bits[id / BitsPerWord] |= 1UL << (id % BitsPerWord);
        }

        set = new VlanSet(bits);
        return true;
    }

    private static bool ReadRange(string part, out VlanId first, out VlanId last)
    {
        var dash = part.IndexOf('-', StringComparison.Ordinal);
        if (dash < 0)
        {
            var single = VlanId.TryParse(part, out first);
            last = first;
            return single;
        }

        last = default;
        return VlanId.TryParse(part[..dash].TrimEnd(), out first)
            && VlanId.TryParse(part[(dash + 1)..].TrimStart(), out last)
            && first <= last;
    }

    private VlanSet Combine(VlanSet other, Func<ulong, ulong, ulong> combine)
    {
        ArgumentNullException.ThrowIfNull(other);
        var bits = new ulong[Words];
        for (var word = 0; word < Words; word++)
            bits[word] = combine(_bits[word], other._bits[word]);
        return new VlanSet(bits);
    }
}

/// <summary>A run of neighbouring VLAN ids, both ends included.</summary>
/// <param name="First">The smallest.</param>
/// <param name="Last">The largest.</param>
public readonly record struct VlanRange(VlanId First, VlanId Last)
{
    /// <summary>The range as people write it.</summary>
    /// <returns>Such as <c>20-29</c>, or <c>10</c> for a single id.</returns>
    public override string ToString() => First == Last ? First.ToString() : $"{First}-{Last}";
}
