namespace XenVlan.Paths.Forwarding;

/// <summary>
/// By which ports bridges learned where an address is: on the way of an earlier frame from it (<c>br_fdb_update</c> in
/// <c>net/bridge/br_fdb.c</c>). Bridges that filter learn for each VLAN by itself.
/// </summary>
internal sealed class LearnedPorts
{
    private readonly Dictionary<(string Host, string Bridge, int Vlan), string> _ports = [];

    /// <summary>Nothing was learned.</summary>
    public static LearnedPorts None { get; } = new();

    /// <summary>Remembers a port.</summary>
    /// <param name="bridge">The bridge.</param>
    /// <param name="vlan">The VLAN; 0 where the bridge does not filter.</param>
    /// <param name="port">The port.</param>
    public void Add(InterfaceRef bridge, int vlan, string port) => _ports[(bridge.Host.HostName, bridge.Interface.Name, vlan)] = port;

    /// <summary>The port by which a bridge knows the address.</summary>
    /// <param name="bridge">The bridge.</param>
    /// <param name="vlan">The VLAN; 0 where the bridge does not filter.</param>
    /// <returns>The port; null where the bridge does not know the address, and floods.</returns>
    public string? Find(InterfaceRef bridge, int vlan) => _ports.GetValueOrDefault((bridge.Host.HostName, bridge.Interface.Name, vlan));
}
