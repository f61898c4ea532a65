using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace XenVlan.Model;

/// <summary>
/// An 802.1Q VLAN identifier, 1 to 4094. IEEE 802.1Q reserves 0 (a priority tag without a VLAN) and 4095, and neither
/// can be held here.
/// </summary>
public readonly record struct VlanId : IComparable<VlanId>, IComparable
{
    /// <summary>The smallest identifier, 1.</summary>
    public const int Minimum = 1;

    /// <summary>The largest identifier, 4094.</summary>
    public const int Maximum = 4094;

    // Stored less one, so that default(VlanId) is VLAN 1 and no value of the type is outside the range.
    private readonly ushort _zeroBased;

    /// <summary>Makes an identifier.</summary>
    /// <param name="value">1 to 4094.</param>
    /// <exception cref="XenVlanException"><see cref="ErrorIds.InvalidValue"/>: outside 1 to 4094.</exception>
    public VlanId(int value)
    {
        if (value is < Minimum or > Maximum)
        {
            throw Errors.Of(ErrorIds.InvalidValue, $"VLAN {value} is not valid: a VLAN id is a number from {Minimum} to {Maximum}.");
        }

        _zeroBased = (ushort)(value - 1);
    }

    /// <summary>The identifier as a number, 1 to 4094.</summary>
    public int Value => _zeroBased + 1;

    /// <summary>Reads an identifier from decimal text.</summary>
    /// <param name="text">Such as <c>10</c>.</param>
    /// <returns>The identifier.</returns>
    /// <exception cref="XenVlanException"><see cref="ErrorIds.InvalidValue"/>: not a number from 1 to 4094.</exception>
    public static VlanId Parse(string text) =>
        TryParse(text, out var id)
            ? id
            : throw Errors.Of(ErrorIds.InvalidValue, $"VLAN {text} is not valid: a VLAN id is a number from {Minimum} to {Maximum}.");

    /// <summary>Reads an identifier from decimal text.</summary>
    /// <param name="text">Such as <c>10</c>.</param>
    /// <param name="id">The identifier, where the text is one.</param>
    /// <returns>Whether the text is a number from 1 to 4094.</returns>
    public static bool TryParse([NotNullWhen(true)] string? text, out VlanId id)
    {
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value is >= Minimum and <= Maximum)
        {
            id = new VlanId(value);
            return true;
        }

        id = default;
        return false;
    }

    /// <summary>
    /// The identifier as a number, as <see cref="Value"/>. For shells that compare untyped, where <c>10 -eq $interface.VlanId</c> asks
    /// for it.
    /// </summary>
    /// <param name="id">The identifier.</param>
    public static explicit operator int(VlanId id) => id.Value;

    /// <inheritdoc/>
    public int CompareTo(VlanId other) => _zeroBased.CompareTo(other._zeroBased);

    /// <inheritdoc/>
    public int CompareTo(object? obj) => obj is VlanId other ? CompareTo(other) : 1;

    /// <summary>The identifier in decimal.</summary>
    /// <returns>Such as <c>10</c>.</returns>
    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);

    /// <summary>Compares two identifiers.</summary>
    public static bool operator <(VlanId left, VlanId right) => left.CompareTo(right) < 0;

    /// <summary>Compares two identifiers.</summary>
    public static bool operator >(VlanId left, VlanId right) => left.CompareTo(right) > 0;

    /// <summary>Compares two identifiers.</summary>
    public static bool operator <=(VlanId left, VlanId right) => left.CompareTo(right) <= 0;

    /// <summary>Compares two identifiers.</summary>
    public static bool operator >=(VlanId left, VlanId right) => left.CompareTo(right) >= 0;
}
