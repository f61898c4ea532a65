namespace XenVlan.Model;

/// <summary>What became of a transaction on a host.</summary>
public enum TransactionState
{
    /// <summary>It has begun, and no step has run yet.</summary>
    Begun,

    /// <summary>Its steps are being carried out.</summary>
    Running,

    /// <summary>All steps are done; the host undoes them unless it is confirmed in time.</summary>
    Armed,

    /// <summary>It was confirmed, and its files are being written.</summary>
    Persisting,

    /// <summary>It was confirmed, and stays.</summary>
    Confirmed,

    /// <summary>Its steps are being undone.</summary>
    Undoing,

    /// <summary>It was undone before it was confirmed.</summary>
    RolledBack,

    /// <summary>It was confirmed, and later undone by another transaction.</summary>
    Undone,

    /// <summary>Undoing it failed at some step: the host is in between, and its journal says where.</summary>
    Stuck,

    /// <summary>The host went down, or both of its processes were killed, before it came to an end.</summary>
    Interrupted,
}
