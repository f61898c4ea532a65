using System.Text.Json.Serialization;

namespace XenVlan.Model;

/// <summary>
/// What users see of a host: it knows its host and how that was reached, so that it can be used where it came from. Its properties are
/// numbers, texts and lists of them, so that it is the same in another process and in a file.
/// </summary>
public abstract record XenObject
{
    private HostSnapshot? _snapshot;

    private protected XenObject() { }

    /// <summary>The host as the user named it.</summary>
    public abstract string HostName { get; internal init; }

    /// <summary>How its host was reached; null where nothing was said of it, and for this machine.</summary>
    [JsonIgnore]
    public SshSettings? Ssh { get; internal init; }

    /// <summary>What it was read from.</summary>
    [JsonIgnore]
    internal HostSnapshot Snapshot
    {
        get => _snapshot ?? throw new InvalidOperationException("It was not made from a snapshot.");
        init
        {
            _snapshot = value;
            Ssh = value.Ssh;
        }
    }

    /// <summary>What it was read from. A method, so that no text or file of the object has it inside.</summary>
    /// <returns>The snapshot; null for what comes from another source, such as a transaction.</returns>
    public HostSnapshot? GetSnapshot() => _snapshot;
}
