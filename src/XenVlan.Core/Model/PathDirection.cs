namespace XenVlan.Model;

/// <summary>Which way a frame goes at a hop.</summary>
public enum PathDirection
{
    /// <summary>The interface sends it.</summary>
    Out,

    /// <summary>The interface receives it.</summary>
    In,

    /// <summary>It is on a wire between hosts.</summary>
    Across,
}
