using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace XenVlan.Fuzz;

/// <summary>Gives readers texts that were changed at random, and notes which they fail on.</summary>
/// <param name="targets">The readers.</param>
/// <param name="directory">Where failures are kept.</param>
internal sealed class FuzzRun(IReadOnlyList<FuzzTarget> targets, string directory)
{
    private static readonly TimeSpan Slice = TimeSpan.FromMilliseconds(25);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Endless = TimeSpan.FromSeconds(60);
    private const int MostKinds = 40;

    private readonly Dictionary<string, (long Inputs, long Failed)> _counts = targets.ToDictionary(
        t => t.Name,
        _ => (0L, 0L),
        StringComparer.Ordinal
    );
    private readonly Dictionary<string, Failure> _kinds = new(StringComparer.Ordinal);
    private readonly CurrentInput _current = new(directory);
    private long _progress;
    private volatile bool _isOver;

    /// <summary>How many texts were read as they may be.</summary>
    public long Passed => _counts.Values.Sum(c => c.Inputs - c.Failed);

    /// <summary>How many were not.</summary>
    public long Failed => _counts.Values.Sum(c => c.Failed);

    /// <summary>What a reader makes of a text.</summary>
    /// <param name="target">The reader.</param>
    /// <param name="input">The text.</param>
    /// <returns>What it did that it may not; null where all is well.</returns>
    public static Failure? Try(FuzzTarget target, string input)
    {
        var began = Stopwatch.GetTimestamp();
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            target.Run(input);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            return new Failure(target.Name, input, $"{target.Name}: {e.GetType().Name}{Where(e)}", e.ToString());
        }

        var bytes = GC.GetAllocatedBytesForCurrentThread() - allocated;
        if (bytes > target.Memory.Fixed + ((long)target.Memory.PerCharacter * input.Length))
            return new Failure(
                target.Name,
                input,
                $"{target.Name}: memory",
                string.Create(CultureInfo.InvariantCulture, $"It allocates {bytes / 1024} KiB for {input.Length} characters.")
            );

        // Something else may have had the machine meanwhile.
        var time = Stopwatch.GetElapsedTime(began);
        return time > Longest && Again(target, input) is var again && again > Longest
            ? new Failure(
                target.Name,
                input,
                $"{target.Name}: time",
                string.Create(CultureInfo.InvariantCulture, $"It takes {again.TotalSeconds:0.0} s for {input.Length} characters.")
            )
            : null;
    }

    /// <summary>Runs for a while.</summary>
    /// <param name="time">How long.</param>
    /// <param name="seed">What the dice begin with.</param>
    public void Run(TimeSpan time, int seed)
    {
        using var watch = new Timer(_ => LookAfter(), null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));

        // The stack that a thread of PowerShell's pool has.
        var worker = new Thread(() => Work(time, seed), 1536 * 1024);
        worker.Start();
        worker.Join();
        _isOver = true;
        _current.Clear();
    }

    /// <summary>Prints what came of it: a line a reader, the failures, and the sum.</summary>
    public void Print()
    {
        foreach (var failure in _kinds.Values)
        {
            var path = failure.Save(directory);
            Console.WriteLine(
                $"\n== {failure.Kind}\n{failure.Words}\n   {Shown(failure.Input)}\n   ./build.sh fuzz --replay "
                    + $"{Path.GetRelativePath(Repository.PathOf("."), path)}"
            );
        }

        Console.WriteLine();
        foreach (var target in targets)
        {
            var (inputs, failed) = _counts[target.Name];
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"   {target.Name, -24} {inputs, 10} inputs {failed, 6} failed"));
        }

        var broken = targets.Count(t => _counts[t.Name].Failed > 0);
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"\n   readers: {targets.Count - broken} passed, {broken} failed\n{Passed} passed, {Failed} failed"
            )
        );
    }

    private static TimeSpan Again(FuzzTarget target, string input)
    {
        var began = Stopwatch.GetTimestamp();
        target.Run(input);
        return Stopwatch.GetElapsedTime(began);
    }

    // The first place of XenVlan's own in the stack, below which the failure is always the same.
    private static string Where(Exception e)
    {
        if (e is BrokenPromiseException)
            return $": {e.Message}";
        var frame = new StackTrace(e)
            .GetFrames()
            .Select(f => f.GetMethod())
            .FirstOrDefault(m => m?.DeclaringType?.Namespace?.StartsWith("XenVlan", StringComparison.Ordinal) is true);
        return frame is null ? "" : $" in {frame.DeclaringType!.Name}.{frame.Name}";
    }

    private static string Shown(string input)
    {
        var quoted = string.Concat(
            input
                .Take(300)
                .Select(c => c is >= ' ' and <= '~' ? c.ToString() : string.Create(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"))
        );
        return input.Length > 300 ? $"{quoted}… ({input.Length} characters)" : quoted;
    }

    private void Work(TimeSpan time, int seed)
    {
        var random = new Random(seed);
        var mutator = new Mutator(random);
        var began = Stopwatch.GetTimestamp();
        foreach (var target in targets)
        {
            foreach (var known in target.Seeds)
                Check(target, known);
        }

        while (Stopwatch.GetElapsedTime(began) < time)
        {
            foreach (var target in targets)
            {
                var slice = Stopwatch.GetTimestamp();
                do Check(target, mutator.Make(target.Seeds, target.LongestInput));
                while (Stopwatch.GetElapsedTime(slice) < Slice * target.Weight);
            }
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Check(FuzzTarget target, string input)
    {
        _current.Set(target.Name, input);
        _progress++;
        var (inputs, failed) = _counts[target.Name];
        var failure = Try(target, input);
        _counts[target.Name] = (inputs + 1, failed + (failure is null ? 0 : 1));
        if (failure is null || _kinds.ContainsKey(failure.Kind) || _kinds.Count >= MostKinds)
            return;

        var shortest = Minimizer.Shorten(
            input,
            text =>
            {
                _current.Set(target.Name, text);
                return Try(target, text)?.Kind == failure.Kind;
            }
        );
        _kinds.Add(failure.Kind, Try(target, shortest) ?? failure);
    }

    // Tells how far it is; ends where a reader does not, which nothing else can end.
    private long _seen;
    private int _still;
    private int _ticks;

    private void LookAfter()
    {
        if (_isOver)
            return;
        _still = _seen == _progress ? _still + 1 : 0;
        _seen = _progress;
        if (++_ticks % 10 == 0)
            Console.Error.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{_ticks} s: {_seen} inputs, {_seen / _ticks} a second, {_kinds.Count} kinds of failure"
                )
            );
        if (_still < Endless.TotalSeconds)
            return;
        CurrentInput.Report(directory, "It does not end.");
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{_seen - 1} passed, 1 failed"));
        Environment.Exit(1);
    }
}
