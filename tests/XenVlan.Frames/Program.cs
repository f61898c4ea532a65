using System.Runtime.Versioning;
using XenVlan.Frames;

[assembly: SupportedOSPlatform("linux")]

// "frames quiet NAMESPACE…" turns IPv6 off there, before there are interfaces, so that nobody speaks unasked.
// "frames speak NAMESPACE BRIDGE [NAMESPACE BRIDGE]…" turns IPv6 on for a bridge, with no address of its own making.
// "frames settle NAMESPACE…" waits until the links there have come up.
// Without arguments: a plan on standard input, one line each: "bridge NAMESPACE NAME", "end NAMESPACE INTERFACE ADDRESS", "sizes N N …".
// The ends are numbered from 0 in their order. What the kernel did is printed, and "done" at the end.
var limit = TimeSpan.FromMinutes(5);
using var watchdog = new Timer(
    static _ =>
    {
        Console.Error.WriteLine("frames: not done in time");
        Environment.Exit(1);
    },
    null,
    limit,
    Timeout.InfiniteTimeSpan
);

try
{
    if (args is ["quiet", ..])
    {
        foreach (var space in args.Skip(1))
            NetworkNamespace.SilenceIPv6(space);
        return 0;
    }

    if (args is ["speak", ..])
    {
        foreach (var pair in args.Skip(1).Chunk(2))
            NetworkNamespace.LetSpeakIPv6(pair[0], pair[1]);
        return 0;
    }

    if (args is ["settle", ..])
    {
        LinkNews.WaitForEnd(args.Skip(1));
        return 0;
    }

    var plan = FramePlan.Read(Console.In);
    using var network = FrameNetwork.Open(plan);
    using var output = new StringWriter();
    network.Report(output);
    ArpQuestions.Run(network, output);
    NeighborQuestions.Run(network, output);
    SizeQuestions.Run(network, plan.Sizes, output);
    output.WriteLine("done");
    Console.Out.Write(output.ToString());
    return 0;
}
catch (Exception e) when (e is IOException or FormatException)
{
    Console.Error.WriteLine($"frames: {e.Message}");
    return 1;
}
