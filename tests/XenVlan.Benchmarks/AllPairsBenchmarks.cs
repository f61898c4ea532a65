using BenchmarkDotNet.Attributes;
using XenVlan.Model;
using XenVlan.Paths.Forwarding;

namespace XenVlan.Benchmarks;

/// <summary>
/// Predicts who reaches whom on one host, all pairs of its VLAN interfaces and domains' NICs: a flood from each of them. How
/// long that takes grows with their number times that of the bridge's ports.
/// </summary>
[MemoryDiagnoser]
[InProcess]
public class AllPairsBenchmarks
{
    private HostSnapshot _host = null!;

    /// <summary>How many VLANs the host has.</summary>
    [Params(256, 1024, 4094)]
    public int Vlans { get; set; }

    /// <summary>How many domains' NICs.</summary>
    [Params(125, 500)]
    public int Vifs { get; set; }

    [GlobalSetup]
    public void SetUp() => _host = LargeHost.Make(Vlans, Vifs);

    [Benchmark]
    public int AllPairs()
    {
        var network = new PathNetwork([_host], []);
        var reached = 0;
        foreach (var link in _host.Interfaces)
        {
            if (link.Vlan is not null)
                reached += FrameFlood.From(network, new Vantage(new InterfaceRef(_host, link))).Count;
            else if (link.Vif is not null)
                reached += FrameFlood.From(network, new Vantage(new InterfaceRef(_host, link), IsBehind: true)).Count;
        }

        return reached;
    }

    /// <summary>One path with its hops in words, as a test shows it; for comparison.</summary>
    [Benchmark]
    public bool OnePath()
    {
        var network = new PathNetwork([_host], []);
        var vif = _host.Interfaces[^1];
        var vlan = _host.FindInterface($"xenbr0.{vif.PortVlans!.Pvid}")!;
        return PathPrediction
                .Make(network, new Vantage(new InterfaceRef(_host, vlan)), new Vantage(new InterfaceRef(_host, vif), IsBehind: true), 1500)
                .Reachable == true;
    }
}
