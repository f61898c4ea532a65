namespace XenVlan.Model;

/// <summary>What a rule of a packet filter does with what matches it.</summary>
public enum PacketFilterAction
{
    /// <summary>Nothing that decides: it counts, logs or changes, and the next rule follows.</summary>
    Continue,

    /// <summary>Lets it pass this chain and those called by it.</summary>
    Accept,

    /// <summary>Drops it, with or without an answer.</summary>
    Drop,

    /// <summary>Goes back to the calling chain; in a chain of the kernel's, to its policy.</summary>
    Return,

    /// <summary>Goes on in another chain, and comes back.</summary>
    Jump,

    /// <summary>Goes on in another chain for good.</summary>
    Goto,

    /// <summary>Something that is not understood here; it may drop.</summary>
    Unknown,
}
