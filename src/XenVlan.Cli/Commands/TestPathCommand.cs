using System.CommandLine;
using System.Net;
using XenVlan.Cli.Output;
using XenVlan.Cli.Reports;
using XenVlan.Cli.Running;
using XenVlan.Discovery;
using XenVlan.Hosts;
using XenVlan.Model;
using XenVlan.Model.Json;
using XenVlan.Paths;
using XenVlan.Paths.Ends;

namespace XenVlan.Cli.Commands;

/// <summary><c>xenvlan test-path</c>: whether a VLAN gets from one place to another, and where it ends if not.</summary>
internal sealed class TestPathCommand
{
    private const string Isolated = "isolated";

    private readonly CommandRunner _runner;

    private readonly Option<PathTarget?> _from = new Option<PathTarget?>("--from")
    {
        Description =
            "Where the path begins: an INTERFACE, whose VLAN is the path's, or a domain's NIC, as DOMAIN:NIC. Without a host it is on "
            + "this machine.",
        HelpName = "[HOST/]PLACE",
    }.ReadBy(ReadSource);

    private readonly Option<PathTarget?> _to = new Option<PathTarget?>("--to")
    {
        Description =
            "Where it ends: an address, HOST/INTERFACE, HOST/DOMAIN:NIC, or HOST, which is its interface on the same VLAN or in the "
            + "same network.",
        HelpName = "END",
    }.ReadBy(PathTarget.Parse);

    private readonly Option<int?> _vlan = new Option<int?>("--vlan")
    {
        Description = "The VLAN that is meant at a domain's NIC.",
        HelpName = "ID",
    }.InRange(VlanId.Minimum, VlanId.Maximum);

    private readonly Option<InterfaceAddress?> _fromAddress = new Option<InterfaceAddress?>("--from-address")
    {
        Description =
            "The address to send from in place of a domain's NIC, with its prefix length; one that nobody has. Only ARP is sent without "
            + "it.",
        HelpName = "ADDRESS/LENGTH",
    }.ReadBy(InterfaceAddress.Parse);

    private readonly Option<IPAddress?> _toAddress = new Option<IPAddress?>("--to-address")
    {
        Description = "The address to probe at the end of the path; its own unless said. A domain's NIC without one is stood in for.",
        HelpName = "ADDRESS",
    }.ReadBy(ReadAddress);

    private readonly Option<int?> _mtu = new Option<int?>("--mtu")
    {
        Description = "The packet size in bytes that must pass; the smaller MTU of the two ends unless said.",
        HelpName = "BYTES",
    }.InRange(68, 65535);

    private readonly Option<int?> _tcpPort = new Option<int?>("--tcp-port")
    {
        Description = "Also connect to this TCP port.",
        HelpName = "PORT",
    }.InRange(1, 65535);

    private readonly Option<string> _expect = new Option<string>("--expect")
    {
        Description = "What must be so, for the exit status to be 0.",
    }.OneOf("reachable", Isolated);

    private readonly Option<bool> _offline = new("--offline")
    {
        Description = "Only predict, from how the hosts are set up; send nothing.",
    };

    private readonly Option<string[]> _snapshots = new("--snapshot")
    {
        Description =
            "With --offline: predict from this file of 'xenvlan show snapshot' in place of asking its host. May be given several times.",
        HelpName = "FILE",
        Arity = ArgumentArity.OneOrMore,
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly Option<bool> _mesh = new("--mesh")
    {
        Description = "Test every pair of VLAN interfaces of the hosts that share a VLAN, in place of --from and --to.",
    };

    private readonly Option<bool> _trace = new("--trace")
    {
        Description = "Watch every hop of the path while it is tested, and draw the way of a frame.",
    };

    private readonly Option<HostTarget[]> _hosts = new("--host", "-H")
    {
        Description = "The hosts of --mesh, and others that are on the way. May be given several times, or with commas.",
        HelpName = "HOST",
        CustomParser = OptionParsers.Hosts,
        Arity = ArgumentArity.OneOrMore,
    };

    private TestPathCommand(CommandRunner runner) => _runner = runner;

    /// <summary>Makes the command.</summary>
    public static Command Build(CommandRunner runner) => new TestPathCommand(runner).Build();

    private Command Build()
    {
        var command = new Command(
            "test-path",
            "Test whether a VLAN gets from one place to another; if not, say at which hop it ends, and why."
        )
        {
            _from,
            _to,
            _vlan,
            _fromAddress,
            _toAddress,
            _mtu,
            _tcpPort,
            _expect,
            _offline,
            _snapshots,
            _mesh,
            _trace,
            _hosts,
        };
        command.Validators.Add(result =>
        {
            var isMesh = result.GetValue(_mesh);
            if (!isMesh && result.GetResult(_from) is null)
                result.AddError("Option '--from' is required, which says where the path begins, or '--mesh'.");
            if (!isMesh && result.GetResult(_to) is null)
                result.AddError("Option '--to' is required, which says where the path ends, or '--mesh'.");
            if (isMesh && (result.GetResult(_from) is not null || result.GetResult(_to) is not null))
                result.AddError("--mesh has no --from and --to: it tests all pairs of the hosts.");
            if (isMesh && result.GetResult(_hosts) is null && result.GetResult(_snapshots) is null)
                result.AddError("--mesh needs the hosts to test between: name them with --host.");
            if (result.GetResult(_snapshots) is not null && !result.GetValue(_offline))
                result.AddError("--snapshot needs --offline: what is tested is the hosts as they are.");
        });
        command.SetAction((parsed, token) => _runner.RunAsync(parsed, run => TestAsync(run, parsed), token));
        return command;
    }

    private async Task<int> TestAsync(CommandContext run, ParseResult parsed)
    {
        foreach (var file in parsed.GetValue(_snapshots) ?? [])
            run.Store.Add(SnapshotFile.Read(file));
        var status = ExitStatus.Fine;
        if (parsed.GetValue(_hosts) is { Length: > 0 } hosts)
            (_, status) = await run.ReadAsync(hosts).ConfigureAwait(false);

        var requests = Requests(run, parsed);
        var tester = new PathTester(run.Store);
        var results = new List<XenVlanPathResult>();
        foreach (var request in requests)
        {
            run.Progress.Tell(requests.Count == 1 ? "testing the path" : $"testing path {results.Count + 1} of {requests.Count}");
            var tested = await tester.TestAsync(request, run.CancellationToken).ConfigureAwait(false);
            var result = tested.Worded(CliWording.Instance);
            run.Progress.Wipe();
            results.Add(result);
            if (run.IsJson)
                continue;
            if (results.Count > 1)
                run.Screen.Line();
            PathText.Write(run.Screen, result, request.Trace);
        }

        if (run.IsJson)
            run.Screen.WriteRaw(parsed.GetValue(_mesh) ? XenVlanJson.Serialize(results) : XenVlanJson.Serialize(results[0]));
        else if (results.Count == 0)
            run.Screen.Line("No two hosts have VLAN interfaces of one VLAN with an address, so nothing is tested.");
        return results.Exists(r => r.AsExpected == false) ? Math.Max(status, ExitStatus.Difference) : status;
    }

    private IReadOnlyList<PathRequest> Requests(CommandContext run, ParseResult parsed)
    {
        var source = parsed.GetValue(_from);
        var end = parsed.GetValue(_to) ?? new PathTarget();
        var request = new PathRequest
        {
            FromHost = source?.Host ?? HostTarget.Local,
            FromInterface = source?.Interface,
            FromNic = source?.Nic,
            Vlan = parsed.GetValue(_vlan) is { } vlan ? new VlanId(vlan) : null,
            FromAddress = parsed.GetValue(_fromAddress),
            To = parsed.GetValue(_toAddress) is { } address ? end with { Address = address } : end,
            Mtu = parsed.GetValue(_mtu),
            TcpPort = parsed.GetValue(_tcpPort),
            Expected = parsed.GetValue(_expect) == Isolated ? PathExpectation.Isolated : PathExpectation.Reachable,
            Offline = parsed.GetValue(_offline),
            Trace = parsed.GetValue(_trace),
        };
        return parsed.GetValue(_mesh) ? PathMesh.Between(run.Store.Known().SelectMany(SnapshotViews.VlanInterfaces), request) : [request];
    }

    private static PathTarget ReadSource(string text) =>
        text.Contains('/', StringComparison.Ordinal) ? PathTarget.Parse(text) : PathTarget.ParsePlace(text);

    private static IPAddress ReadAddress(string text) =>
        InterfaceAddress.TryParseAddress(text, out var address)
            ? address
            : throw Errors.Of(ErrorIds.InvalidValue, $"{text} is not an IPv4 or IPv6 address.", text);
}
