using System.Globalization;
using XenVlan.ModelCheck;

// xenvlan-model-check FRAMES [COUNT] [--seed N] [--from N] [--name LAB]
const int Usual = 500;
var frames = args.FirstOrDefault();
int? only = null;
var first = 1;
string? name = null;
var count = Usual;
for (var i = 1; i < args.Length; i++)
{
    switch (args[i])
    {
        case "--seed" when i + 1 < args.Length && int.TryParse(args[i + 1], CultureInfo.InvariantCulture, out var seed):
            only = seed;
            i++;
            break;
        case "--from" when i + 1 < args.Length && int.TryParse(args[i + 1], CultureInfo.InvariantCulture, out var from):
            first = from;
            i++;
            break;
        case "--print" when i + 1 < args.Length && int.TryParse(args[i + 1], CultureInfo.InvariantCulture, out var printed):
            CheckSummary.PrintTopology(XenVlan.ModelCheck.Topologies.TopologyGenerator.Make(printed));
            return 0;
        case "--name" when i + 1 < args.Length:
            name = args[++i];
            break;
        case var text when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number):
            count = number;
            break;
        default:
            frames = null;
            break;
    }
}

if (frames is null)
{
    Console.Error.WriteLine("Usage: ./build.sh model-check [COUNT] [--from N] | model-check --seed N");
    return 2;
}

using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, e) =>
{
    e.Cancel = true;
    stop.Cancel();
};
await using var host = await CheckHost.UpAsync(name, frames, new Progress<string>(Console.Error.WriteLine), stop.Token);
var summary = new CheckSummary(isDetailed: only is not null);
await CheckRun.RunAsync(host, only is { } one ? [one] : Enumerable.Range(first, count), summary.Add, stop.Token);
summary.Print(Console.Out);
return summary.Failed == 0 ? 0 : 1;
