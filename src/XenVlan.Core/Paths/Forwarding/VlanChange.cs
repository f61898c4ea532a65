using XenVlan.Model;

namespace XenVlan.Paths.Forwarding;

/// <summary>
/// Finds where a frame comes into another VLAN on its way than the one it was sent in: it leaves one port without a tag, and
/// the port at the other end of the link has another PVID. What drops the frame later is only the consequence.
/// </summary>
internal static class VlanChange
{
    /// <summary>Looks for the change.</summary>
    /// <param name="way">The frame's way.</param>
    /// <param name="obstacle">The number of the hop that drops the frame.</param>
    /// <returns>The number of the hop where the VLAN changes, and that hop as the obstacle it is; null where there is none.</returns>
    public static (int Index, PathHop Hop)? Find(IReadOnlyList<WalkStep> way, int obstacle)
    {
        if (
            way[obstacle + 1].Hop!.Reason
            is not (PathReason.VlanMismatch or PathReason.VlanNotAllowedOnPort or PathReason.VlanNotAllowedOnBridge or PathReason.NoPvid)
        )
            return null;

        // way[i + 1] is where hop i leads to.
        VlanId? before = null;
        for (var i = 0; i <= obstacle; i++)
        {
            var (from, to) = (way[i].State, way[i + 1].State);
            if (from.Frame.Outer is { } tag)
                before = tag.Vlan;
            var hop = way[i + 1].Hop!;
            if (hop.Direction is PathDirection.Across && from.Frame.TagCount > to.Frame.TagCount)
                return (i, Change(hop, new NativeVlanMismatch(before!.Value, null)));
            var enters = to.Stage is WalkStage.Bridged && from.Frame.TagCount == 0 && from.Stage is WalkStage.Receiving;
            if (enters && before is { } was && to.Frame.Outer is { } now && now.Vlan != was)
                return (i, Change(hop, new NativeVlanMismatch(was, now.Vlan)));
        }

        return null;
    }

    private static PathHop Change(PathHop hop, NativeVlanMismatch mismatch) =>
        hop with
        {
            Event = mismatch,
            Verdict = HopVerdict.Drops,
            Reason = mismatch.Reason,
        };
}
