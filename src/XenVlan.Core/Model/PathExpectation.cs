namespace XenVlan.Model;

/// <summary>What a path is expected to be.</summary>
public enum PathExpectation
{
    /// <summary>Nothing is expected; the result is only shown.</summary>
    None,

    /// <summary>Frames must arrive and be answered.</summary>
    Reachable,

    /// <summary>Nothing may arrive or be answered.</summary>
    Isolated,
}
