using System.Globalization;
using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Engines;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using XenVlan.Discovery;
using XenVlan.Hosts;
using XenVlan.Lab;
using XenVlan.Model;
using XenVlan.Paths;
using XenVlan.Paths.Ends;

namespace XenVlan.Benchmarks;

/// <summary>
/// A live test of a path between two real hosts, with every hop watched, against <c>ping -c 3</c> over the same path. Both use
/// connections that are there already, and both are slowed by the lab's emulation.
/// </summary>
[Config(typeof(Slow))]
public class LivePathBenchmarks : IAsyncDisposable
{
    private static readonly Wire Trunk = new([new("a", "eth1"), new("b", "eth1")], VlanSet.All, new VlanId(1), null);

    private readonly HostConnector _connector = new();
    private XenLab _lab = null!;
    private SshSettings _ssh = null!;

    [GlobalSetup]
    public async Task SetUpAsync()
    {
        var name = "benchmark-" + Environment.ProcessId.ToString(CultureInfo.InvariantCulture);
        _lab = await XenLab.UpAsync(new LabOptions { Name = name }, new Progress<string>(Console.Error.WriteLine));
        _ssh = new SshSettings { ConfigFile = _lab.SshConfigPath };
        foreach (var (host, address) in new[] { ("a", "10.10.0.1/24"), ("b", "10.10.0.2/24") })
            (
                await _lab.RunAsync(
                    host,
                    $"ip link add link xenbr0 name xenbr0.10 type vlan id 10 && ip addr add {address} dev xenbr0.10 && ip link set "
                        + $"xenbr0.10 up"
                )
            ).EnsureSuccess();
    }

    [GlobalCleanup]
    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await _connector.DisposeAsync();
        await _lab.DisposeAsync();
    }

    [Benchmark(Baseline = true)]
    public async Task<int?> Ping()
    {
        await using var connection = _connector.Connect(HostTarget.Parse("a"), _ssh);
        var result = await connection.RunAsync(
            new ShellScript().Add("ping -c 3 -I xenbr0.10 10.10.0.2"),
            ScriptOptions.Reading,
            CancellationToken.None
        );
        return result.ExitStatus is 0 ? 0 : throw new InvalidOperationException(result.Output);
    }

    [Benchmark]
    public async Task<int?> TestWithTrace()
    {
        var store = new SnapshotStore(_connector, _ssh);
        var result = await new PathTester(store, [Trunk]).TestAsync(
            new PathRequest
            {
                FromHost = HostTarget.Parse("a"),
                FromInterface = new InterfaceName("xenbr0.10"),
                To = PathTarget.Parse("b"),
                Trace = true,
                Expected = PathExpectation.Reachable,
            },
            CancellationToken.None
        );
        return result.AsExpected == true ? result.Mtu : throw new InvalidOperationException(result.Explanation);
    }

    // Seconds a run: each is counted by itself, and there is nothing to warm up but the connections.
    private sealed class Slow : ManualConfig
    {
        public Slow() =>
            AddJob(
                Job.Default.WithToolchain(InProcessEmitToolchain.Instance)
                    .WithStrategy(RunStrategy.Monitoring)
                    .WithWarmupCount(1)
                    .WithIterationCount(7)
            );
    }
}
