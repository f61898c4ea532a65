using System.Diagnostics;

namespace XenVlan.Lab.CommandLine;

/// <summary>Says on standard error what is being done, with the seconds since the start.</summary>
internal sealed class ElapsedProgress : IProgress<string>
{
    private readonly Stopwatch _clock = Stopwatch.StartNew();

    public void Report(string value) => Console.Error.WriteLine($"[{_clock.Elapsed.TotalSeconds, 6:0.0} s] {value}");
}
