using System.Globalization;
using XenVlan.Fuzz;
using XenVlan.Fuzz.Targets;

// xenvlan-fuzz [SECONDS] [--seed N] [--target NAME] | --replay FILE [--target NAME] | --ended
const int Usual = 60;
var seconds = Usual;
int? seed = null;
string? only = null;
string? replay = null;
var isUnderstood = true;
var directory = Repository.PathOf("artifacts/fuzz");
for (var i = 0; i < args.Length; i++)
{
    switch (args[i])
    {
        case "--ended":
            // Called where the run before ended without a word.
            Console.WriteLine(CurrentInput.Report(directory, "It ends the process.") ? "0 passed, 1 failed" : "0 passed, 0 failed");
            return 1;
        case "--seed"
            when i + 1 < args.Length && int.TryParse(args[i + 1], NumberStyles.None, CultureInfo.InvariantCulture, out var number):
            seed = number;
            i++;
            break;
        case "--target" when i + 1 < args.Length:
            only = args[++i];
            break;
        case "--replay" when i + 1 < args.Length:
            replay = args[++i];
            break;
        case var text when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0:
            seconds = number;
            break;
        default:
            isUnderstood = false;
            break;
    }
}

var targets = AllTargets.Make();
if (only is not null)
    targets = [.. targets.Where(t => t.Name.StartsWith(only, StringComparison.Ordinal))];
if (!isUnderstood || targets.Count == 0)
{
    Console.Error.WriteLine(
        $"Usage: ./build.sh fuzz [SECONDS] [--seed N] [--target NAME] | fuzz --replay FILE [--target NAME]\nTargets: "
            + $"{string.Join(", ", AllTargets.Make().Select(t => t.Name))}"
    );
    return 2;
}

if (replay is not null)
{
    var (name, input) = Failure.Load(replay);
    var failures = targets
        .Where(t => (only ?? name) is not { } wanted || t.Name == wanted || only is not null)
        .Select(t => FuzzRun.Try(t, input))
        .OfType<Failure>()
        .ToList();
    foreach (var failure in failures)
        Console.WriteLine($"== {failure.Kind}\n{failure.Words}");
    Console.WriteLine(failures.Count == 0 ? "1 passed, 0 failed" : "0 passed, 1 failed");
    return failures.Count == 0 ? 0 : 1;
}

seed ??= Random.Shared.Next(1, 1_000_000);
Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{targets.Count} readers for {seconds} s, with --seed {seed}."));
var run = new FuzzRun(targets, directory);
run.Run(TimeSpan.FromSeconds(seconds), seed.Value);
run.Print();
return run.Failed == 0 ? 0 : 1;
