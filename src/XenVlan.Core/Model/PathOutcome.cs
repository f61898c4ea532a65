namespace XenVlan.Model;

/// <summary>What a path is found to be, in a word.</summary>
public enum PathOutcome
{
    /// <summary>It is not known whether anything arrives.</summary>
    NotKnown,

    /// <summary>Packets arrive and are answered.</summary>
    Reachable,

    /// <summary>Something arrives, but packets, or some of them, are lost.</summary>
    PacketsLost,

    /// <summary>Nothing answers; that nothing arrives is not proved.</summary>
    NotReachable,

    /// <summary>Something arrives; whether packets do is not known.</summary>
    NotIsolated,

    /// <summary>Nothing arrives, and that is proved.</summary>
    Isolated,
}
