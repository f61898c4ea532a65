namespace XenVlan.Model;

/// <summary>A chain of rules of a packet filter.</summary>
public sealed record PacketFilterChain
{
    /// <summary>The program that showed it; see <see cref="PacketFilterRule.Program"/>.</summary>
    public required string Program { get; init; }

    /// <summary>The address family of its table; see <see cref="PacketFilterRule.Family"/>.</summary>
    public required string Family { get; init; }

    /// <summary>Its table.</summary>
    public required string Table { get; init; }

    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Where the kernel asks it.</summary>
    public PacketFilterHook Hook { get; init; }

    /// <summary>The interfaces it is asked for, for <see cref="PacketFilterHook.Ingress"/>; empty for others.</summary>
    public IReadOnlyList<string> Devices { get; init; } = [];

    /// <summary>What happens at its end.</summary>
    public PacketFilterAction Policy { get; init; } = PacketFilterAction.Return;

    /// <summary>Its rules, in their order.</summary>
    public IReadOnlyList<PacketFilterRule> Rules { get; init; } = [];
}
