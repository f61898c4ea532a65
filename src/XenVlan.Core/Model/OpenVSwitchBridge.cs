namespace XenVlan.Model;

/// <summary>A bridge of Open vSwitch.</summary>
/// <param name="Name">Its name, which is also that of its internal interface.</param>
/// <param name="SpanningTree">Whether it speaks the spanning tree protocol.</param>
/// <param name="Ports">Its ports.</param>
public sealed record OpenVSwitchBridge(string Name, bool SpanningTree, IReadOnlyList<OpenVSwitchPort> Ports);
