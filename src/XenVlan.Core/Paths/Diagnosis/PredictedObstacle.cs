using XenVlan.Model;
using XenVlan.Paths.Forwarding;
using XenVlan.Paths.Frames;
using XenVlan.Paths.Watching;

namespace XenVlan.Paths.Diagnosis;

/// <summary>Says in a finding what stands in the way by what was read.</summary>
internal static class PredictedObstacle
{
    /// <summary>What the model finds in the way of a packet, or of its answer.</summary>
    /// <param name="path">The path.</param>
    /// <param name="prediction">What the model says.</param>
    /// <param name="content">What is in the packet; the question for a neighbour unless said.</param>
    /// <returns>The finding; null where nothing is in the way.</returns>
    public static PathDiagnosis? Find(PathUnderTest path, PathPrediction prediction, FrameContent? content = null)
    {
        var what = content ?? path.ContentOf(FrameKind.Neighbor);
        if (!prediction.Forward.IsConnected)
            return MissingLinkDiagnosis.Find(path);
        if (prediction.Forward.Obstacle is { } hop)
            return OfHop(path, hop, path.Target?.Point, what);
        return prediction.Back.Obstacle is { } back ? Answer(path, back, what) : null;
    }

    /// <summary>An obstacle on the way to the target.</summary>
    /// <param name="path">The path.</param>
    /// <param name="hop">The hop that drops the frame.</param>
    /// <param name="target">Where the frame should arrive.</param>
    /// <param name="content">What is in it.</param>
    public static PathDiagnosis OfHop(PathUnderTest path, PathHop hop, InterfaceRef? target, FrameContent content)
    {
        var at = PathTrace.Place(hop);
        return OtherAccess(path, hop)
            ?? new PathDiagnosis(
                hop.Reason,
                at,
                $"{at} {hop.Action}.",
                new PathFix(path.Network) { Content = content }.For(hop, target, path.Size)
            );
    }

    /// <summary>An obstacle on the way back.</summary>
    /// <param name="path">The path.</param>
    /// <param name="hop">The hop that drops the answer.</param>
    /// <param name="content">What it answers.</param>
    public static PathDiagnosis Answer(PathUnderTest path, PathHop hop, FrameContent content)
    {
        var found = OfHop(path, hop, path.Source.Point, content.Answer());
        return found with { Reason = PathReason.AnswerLost, Explanation = $"Frames arrive, but the answer is lost: {found.Explanation}" };
    }

    // A domain without VLANs of its own, on a port of one VLAN, gets frames of another: the two ends were given different ones.
    private static PathDiagnosis? OtherAccess(PathUnderTest path, PathHop hop)
    {
        if (
            hop is not { Reason: PathReason.VlanNotAllowedOnPort, Tags: [var tag, ..] }
            || path.Network.Find(hop.HostName, hop.Interface)
                is not { Interface: { Vif: not null, PortVlans: { Pvid: { } pvid } vlans } } vif
        )
            return null;
        if (path.Source.Point.Interface.Vlan is not null || !vlans.Untagged.Contains(pvid) || vlans.Allowed.Count != vlans.Untagged.Count)
            return null;
        var id = tag.Vlan;
        return new PathDiagnosis(
            PathReason.VlanMismatch,
            vif.ToString(),
            $"{vif} is a port of VLAN {pvid}, and frames come from {path.Source} as VLAN {id}: the two ends were given different VLANs.",
            PathFix.On(
                vif.Host.HostName,
                Hosts.ShellCommand.Of("bridge", "vlan", "add", "dev", vif.Interface.Name, "vid", id, "pvid", "untagged"),
                PathFix.SetNic(vif, nic => nic with { AccessVlan = id })
            )
        );
    }
}
