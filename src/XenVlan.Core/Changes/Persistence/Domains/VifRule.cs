using System.Diagnostics.CodeAnalysis;

namespace XenVlan.Changes.Persistence.Domains;

/// <summary>
/// What a NIC is to have when it is connected. With an old value, it is only for a domain that was made with that one:
/// its file says the new one by now, but a restore, a migration or the guest's own reboot uses what the domain was made
/// with (libxl keeps it in <c>/var/lib/xen/userdata-d.*</c>).
/// </summary>
/// <param name="Old">What the domain was made with; <see cref="Default"/> for nothing; null for whatever that was.</param>
/// <param name="New">What the NIC is to have.</param>
internal readonly record struct VifRule(string? Old, string New)
{
    /// <summary>Stands for no value.</summary>
    public const string Default = "default";

    /// <summary>Reads a rule.</summary>
    /// <param name="text">A word of the table; a dash for none.</param>
    /// <param name="rule">The rule; null for none.</param>
    /// <returns>Whether it is such a word.</returns>
    public static bool TryRead([NotNullWhen(true)] string? text, out VifRule? rule)
    {
        rule = null;
        if (text is "-")
            return true;
        var parts = (text ?? "").Split('>');
        if (parts.Length > 2 || parts.Contains("", StringComparer.Ordinal))
            return false;
        rule = parts.Length == 1 ? new VifRule(null, parts[0]) : new VifRule(parts[0], parts[1]);
        return true;
    }

    /// <summary>The rule as the table has it.</summary>
    /// <returns>Such as <c>xenbr0&gt;xenbr10</c>.</returns>
    public override string ToString() => Old is null ? New : $"{Old}>{New}";
}
