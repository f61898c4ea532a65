namespace XenVlan.Paths.Forwarding;

/// <summary>What a frame is about to do at a place.</summary>
internal enum WalkStage
{
    /// <summary>The interface sends it.</summary>
    Sending,

    /// <summary>The interface has sent it out of the host.</summary>
    Left,

    /// <summary>The interface receives it.</summary>
    Receiving,

    /// <summary>The bridge has accepted it and decides where it leaves.</summary>
    Bridged,

    /// <summary>It has reached the host's own network stack on the interface.</summary>
    Delivered,
}
