using System.CommandLine;
using XenVlan.Cli.Reports;
using XenVlan.Hosts;
using XenVlan.Model;
using XenVlan.Model.Json;
using XenVlan.Paths;

namespace XenVlan.Cli.Commands;

/// <summary><c>xenvlan test-path</c>: whether a VLAN gets from one place to another, and where it ends if not.</summary>
internal static class TestPathCommand
{
    private const string Isolated = "isolated";

    /// <summary>Makes the command.</summary>
    /// <param name="runner">Carries it out.</param>
    /// <returns>The command.</returns>
    public static Command Build(CommandRunner runner)
    {
        var from = new Option<PathEnd?>("--from")
        {
            Description = "Where the path begins: an interface, whose VLAN is the path's. Without a host it is on this machine.",
            HelpName = "[HOST/]INTERFACE",
            Required = true,
        }.ReadBy(ReadSource);
        var to = new Option<PathEnd?>("--to")
        {
            Description = "Where it ends: an address, HOST/INTERFACE, or HOST, which is its interface on the same VLAN or in the same network.",
            HelpName = "END",
            Required = true,
        }.ReadBy(PathEnd.Parse);
        var mtu = new Option<int?>("--mtu")
        {
            Description = "The packet size in bytes that must pass; the smaller MTU of the two ends unless said.",
            HelpName = "BYTES",
        }.InRange(68, 65535);
        var tcpPort = new Option<int?>("--tcp-port")
        {
            Description = "Also connect to this TCP port.",
            HelpName = "PORT",
        }.InRange(1, 65535);
        var expect = new Option<string>("--expect")
        {
            Description = "What must be so, for the exit status to be 0.",
        }.OneOf("reachable", Isolated);
        var offline = new Option<bool>("--offline") { Description = "Only predict, from how the hosts are set up; send nothing." };
        var trace = new Option<bool>("--trace") { Description = "Print the way of a frame, hop by hop." };

        var command = new Command("test-path", "Test whether a VLAN gets from one place to another; if not, say at which hop it ends, and why.")
        {
            from, to, mtu, tcpPort, expect, offline, trace,
        };
        command.SetAction((parsed, token) =>
        {
            var source = parsed.GetRequiredValue(from)!;
            var request = new PathRequest
            {
                FromHost = source.Host ?? HostTarget.Local,
                FromInterface = source.Interface!,
                To = parsed.GetRequiredValue(to)!,
                Mtu = parsed.GetValue(mtu),
                TcpPort = parsed.GetValue(tcpPort),
                Expected = string.Equals(parsed.GetValue(expect), Isolated, StringComparison.Ordinal) ? PathExpectation.Isolated : PathExpectation.Reachable,
                Offline = parsed.GetValue(offline),
            };
            return runner.RunAsync(parsed, run => TestAsync(run, request, parsed.GetValue(trace)), token);
        });
        return command;
    }

    private static async Task<int> TestAsync(CommandRun run, PathRequest request, bool trace)
    {
        run.Progress.Tell("testing the path");
        var result = await new PathTester(run.Store).TestAsync(request, run.CancellationToken).ConfigureAwait(false);
        run.Progress.Wipe();
        if (run.IsJson)
            run.Screen.WriteRaw(XenVlanJson.Serialize(result));
        else
            PathText.Write(run.Screen, result, trace);
        return result.AsExpected == false ? ExitStatus.Difference : ExitStatus.Fine;
    }

    private static PathEnd ReadSource(string text) =>
        text.Contains('/', StringComparison.Ordinal)
            ? PathEnd.Parse(text)
            : new PathEnd { Interface = new InterfaceName(text) };
}
