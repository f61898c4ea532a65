namespace XenVlan.Model;

/// <summary>A VLAN subinterface of a host, with what it is made of.</summary>
public sealed record XenVlanInterface : XenObject
{
    /// <summary>The host it is on.</summary>
    public override string HostName { get; internal init; } = "";

    /// <summary>Its name.</summary>
    public string Name { get; internal init; } = "";

    /// <summary>The interface whose tagged frames it takes.</summary>
    public string Parent { get; internal init; } = "";

    /// <summary>Its VLAN; null when the host did not let it be seen.</summary>
    public int? VlanId { get; internal init; }

    /// <summary>Its tag.</summary>
    public VlanProtocol Protocol { get; internal init; }

    /// <summary>Its MTU in bytes.</summary>
    public int Mtu { get; internal init; }

    /// <summary>Its Ethernet address.</summary>
    public string? Mac { get; internal init; }

    /// <summary>Whether it is set up.</summary>
    public bool IsUp { get; internal init; }

    /// <summary>Whether it and what is below it have a link.</summary>
    public bool HasCarrier { get; internal init; }

    /// <summary>The bridge it is a port of.</summary>
    public string? Bridge { get; internal init; }

    /// <summary>Its addresses.</summary>
    public IReadOnlyList<string> Addresses => [.. ParsedAddresses.Select(a => a.ToString())];

    internal IReadOnlyList<InterfaceAddress> ParsedAddresses { get; init; } = [];
}
