using System.Diagnostics;
using System.Globalization;
using XenVlan.UndoCheck;

// xenvlan-undo-check [COUNT] [--seed N] [--from N] [--name LAB]
const int Usual = 300;
var count = Usual;
var first = 1;
int? only = null;
string? name = null;
for (var i = 0; i < args.Length; i++)
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
        case "--name" when i + 1 < args.Length:
            name = args[++i];
            break;
        case var text when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number):
            count = number;
            break;
        default:
            Console.Error.WriteLine("Usage: ./build.sh undo-check [COUNT] | undo-check --seed N");
            return 2;
    }
}

using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, e) =>
{
    e.Cancel = true;
    stop.Cancel();
};
var started = Stopwatch.GetTimestamp();
var (passed, failed, steps) = (0, 0, 0);
await UndoCheckRun.RunAsync(name, only is { } one ? [one] : Enumerable.Range(first, count), Report, stop.Token);
var took = Stopwatch.GetElapsedTime(started).TotalSeconds;
Console.WriteLine(
    string.Create(
        CultureInfo.InvariantCulture,
        $"\n{passed + failed} hosts changed by {steps} steps and undone, {took:0} s, {took / Math.Max(1, passed + failed):0.0} s each"
    )
);
Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{passed} passed, {failed} failed"));
return failed == 0 ? 0 : 1;

void Report(UndoResult result)
{
    if (result.Passed)
        passed++;
    else
        failed++;
    steps += result.Steps;
    Console.WriteLine(result.Passed && only is null ? result.Summary : result.Describe(all: only is not null));
}
