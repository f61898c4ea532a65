using XenVlan.Model;

namespace XenVlan.PowerShell.Running;

/// <summary>Reads VLANs as users give them: <c>10</c>, <c>10,20</c> or <c>10,20-29</c>, which PowerShell makes an array of.</summary>
internal static class VlanInput
{
    /// <summary>Reads ids and ranges.</summary>
    /// <param name="given">One or several parts.</param>
    /// <returns>The ids, smallest first.</returns>
    /// <exception cref="XenVlanException"><see cref="ErrorIds.InvalidValue"/>: a part is no id and no range.</exception>
    public static VlanSet Ids(IEnumerable<string> given)
    {
        var all = VlanSet.None;
        foreach (var part in given.SelectMany(g => g.Split(',')))
            all = all.Union(
                part.Trim().IndexOf('-', StringComparison.Ordinal) > 0 ? VlanSet.Parse(part) : VlanSet.Of(VlanId.Parse(part.Trim()))
            );
        return all;
    }

    /// <summary>Reads a set: ids and ranges, <c>all</c> or <c>none</c>.</summary>
    /// <param name="given">One or several parts.</param>
    /// <exception cref="XenVlanException"><see cref="ErrorIds.InvalidValue"/>: it is no set.</exception>
    public static VlanSet Set(IEnumerable<string> given) => VlanSet.Parse(string.Join(',', given));
}
