namespace XenVlan.ModelCheck.Topologies;

/// <summary>A device of a random topology.</summary>
internal sealed class Device
{
    private Device? _joinedTo;

    public required NamespacePlan Space { get; init; }

    public required string Name { get; init; }

    public required DeviceKind Kind { get; init; }

    /// <summary>The largest MTU that a VLAN interface on it may have for certain.</summary>
    public int Mtu { get; init; }

    /// <summary>How many VLAN interfaces are on each other, with it as the last.</summary>
    public int Depth { get; init; }

    /// <summary>The other end of a veth pair.</summary>
    public Device? Peer { get; set; }

    /// <summary>The bridge or bond it belongs to.</summary>
    public Device? Master { get; set; }

    /// <summary>Whether a bridge filters VLANs.</summary>
    public bool Filters { get; init; }

    /// <summary>The VLAN a bridge gives to new ports; 0 for none.</summary>
    public int DefaultPvid { get; init; }

    /// <summary>The tags that VLAN interfaces on it take already.</summary>
    public HashSet<(string Protocol, int Id)> Taken { get; } = [];

    /// <summary>Whether frames may find a way between two devices.</summary>
    public bool IsJoinedTo(Device other) => ReferenceEquals(Root(), other.Root());

    /// <summary>Notes that frames may pass between two devices.</summary>
    public void JoinTo(Device other)
    {
        if (!IsJoinedTo(other))
            Root()._joinedTo = other.Root();
    }

    /// <summary>Stands for all devices it is joined to.</summary>
    public Device Root()
    {
        var root = this;
        while (root._joinedTo is { } next)
            root = next;
        return root;
    }

    public override string ToString() => $"{Space.Name}/{Name}";
}
