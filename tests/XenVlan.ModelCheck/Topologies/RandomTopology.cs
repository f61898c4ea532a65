using System.Net;
using XenVlan.Model;

namespace XenVlan.ModelCheck.Topologies;

/// <summary>A random topology: how it is built, and what is asked of it.</summary>
/// <param name="Seed">The number it was made from.</param>
/// <param name="Spaces">Its namespaces, in the order they are furnished in.</param>
/// <param name="Wires">Its veth pairs, as the model is told of wires.</param>
/// <param name="Bridges">Its bridges.</param>
/// <param name="Ends">The interfaces that ask and answer, with their addresses.</param>
/// <param name="Sizes">The sizes of packets to try, in bytes, rising.</param>
internal sealed record RandomTopology(
    int Seed,
    IReadOnlyList<NamespacePlan> Spaces,
    IReadOnlyList<Wire> Wires,
    IReadOnlyList<Device> Bridges,
    IReadOnlyList<(Device Device, string Address)> Ends,
    IReadOnlyList<int> Sizes
)
{
    /// <summary>The bridges that ask for listeners, of which each has an address of its own to ask with.</summary>
    public IReadOnlyList<Device> Queriers { get; init; } = [];

    /// <summary>Whether any bridge asks for listeners.</summary>
    public bool HasQueriers => Queriers.Count > 0;

    /// <summary>The IPv6 address an end is asked for, which no interface has: <c>frames</c> answers for it.</summary>
    /// <param name="end">The end's number.</param>
    public static IPAddress Neighbor(int end) => IPAddress.Parse($"fd00::{end + 1:x}");
}
