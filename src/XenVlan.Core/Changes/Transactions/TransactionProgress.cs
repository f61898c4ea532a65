using System.Globalization;
using XenVlan.Hosts;
using XenVlan.Model;

namespace XenVlan.Changes.Transactions;

/// <summary>Listens to the news of one transaction, over however many connections it takes.</summary>
/// <param name="hostName">The host.</param>
/// <param name="plan">Its plan; null for a transaction that is not ours.</param>
/// <param name="options">Who wants to know.</param>
internal sealed class TransactionProgress(string hostName, ChangePlan? plan, TransactionOptions options)
{
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(20);

    private readonly List<StepReport> _steps = [];
    private long _lastProgress = options.Clock.GetTimestamp();

    /// <summary>The word that begins each line.</summary>
    public string Mark { get; } = UniqueToken.New("xvt");

    /// <summary>The transaction's name on the host, once it was heard.</summary>
    public string? Id { get; private set; }

    /// <summary>How many lines were heard.</summary>
    public int Seen { get; private set; }

    /// <summary>Why the host refused: a word, a colon, and a text; null when it did not.</summary>
    public string? Refused { get; private set; }

    /// <summary>The last state that was told, and why.</summary>
    public TransactionStatus State { get; private set; } = new(TransactionState.Begun);

    /// <summary>The news of steps so far.</summary>
    public IReadOnlyList<StepReport> Steps => _steps;

    /// <summary>What the commands that failed said, with the step's number; also where the steps are not known.</summary>
    public List<string> Failures { get; } = [];

    /// <summary>How the host differs from what it was before, where it was undone and does; null where nothing was said.</summary>
    public string? Differs { get; private set; }

    /// <summary>Whether the end was heard in the news, and so all before it; else only the state it came to is known.</summary>
    public bool IsWhole { get; private set; } = true;

    /// <summary>When the host was last heard, as <see cref="TransactionOptions.Clock"/> counts; when this was made where it never
    /// was.</summary>
    public long LastHeard { get; private set; } = options.Clock.GetTimestamp();

    /// <summary>Takes a line the host printed.</summary>
    public void Receive(string line)
    {
        lock (_steps)
            ReceiveLine(line);
    }

    private void ReceiveLine(string line)
    {
        var words = line.Split(' ', 3);
        if (words.Length < 2 || words[0] != Mark)
            return;
        LastHeard = options.Clock.GetTimestamp();
        var rest = words.Length > 2 ? words[2] : "";
        if (int.TryParse(words[1], NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            // Two connections may tell the same.
            if (number <= Seen)
                return;
            Seen = number;
            _lastProgress = LastHeard;
            Report(rest);
        }
        else if (words[1] == "id")
        {
            Id = DisplayText.Clean(rest);
        }
        else if (words[1] == "refused")
        {
            Refused = DisplayText.Clean(rest);
        }
        else if (words[1] == "warning")
        {
            options.OnWarning?.Invoke(hostName, DisplayText.Clean(rest));
        }
        else if (words[1] == "over")
        {
            State = TransactionReader.ParseState(rest);
            IsWhole = false;
        }
        else if (options.Clock.GetElapsedTime(_lastProgress) > Long && _steps is [.., { State: StepState.Running } slow])
        {
            _lastProgress = LastHeard;
            options.OnProgress?.Invoke(hostName, $"The host is still at step {slow.Number} of {slow.Count}.");
        }
    }

    private void Report(string news)
    {
        var words = news.Split(' ', 3);
        var rest = DisplayText.Clean(news[Math.Min(news.Length, words[0].Length + 1)..]);
        switch (words[0])
        {
            case "running" or "done" or "failed" or "undone" or "undo-failed":
                if (State.State is TransactionState.Begun)
                    State = new(TransactionState.Running);
                ReportStep(words);
                break;
            case "armed":
                State = new(TransactionState.Armed);
                options.OnProgress?.Invoke(
                    hostName,
                    $"All steps are done. Unless it is confirmed within {rest} seconds, the host undoes them."
                );
                break;
            case "rolling-back":
                State = TransactionReader.ParseCause(TransactionState.Undoing, rest);
                options.OnProgress?.Invoke(hostName, $"The host undoes the steps: {State.Reason}.");
                break;
            case "wrote":
                options.OnProgress?.Invoke(hostName, $"Wrote {rest}.");
                break;
            case "differs":
                Differs = rest;
                options.OnWarning?.Invoke(hostName, $"The host is not as it was before: {rest}.");
                break;
            case "warning":
                options.OnWarning?.Invoke(hostName, rest);
                break;
            case "confirmed" or "rolled-back" or "stuck":
                State = TransactionReader.ParseState(news);
                break;
        }
    }

    private void ReportStep(string[] words)
    {
        if (words is ["failed" or "undo-failed", var which, var said])
            Failures.Add($"step {DisplayText.Clean(which)}{(words[0] == "failed" ? "" : ", undone")}: {DisplayText.Clean(said.Trim())}");
        if (
            plan is null
            || words.Length < 2
            || !int.TryParse(words[1], NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            || number < 1
            || number > plan.Steps.Count
        )
        {
            return;
        }

        var state = words[0] switch
        {
            "running" => StepState.Running,
            "done" => StepState.Done,
            "failed" => StepState.Failed,
            "undone" => StepState.Undone,
            _ => StepState.UndoFailed,
        };
        var report = new StepReport(
            hostName,
            number,
            plan.Steps.Count,
            plan.Steps[number - 1],
            state,
            words.Length > 2 ? DisplayText.Clean(words[2].Trim()) : ""
        );
        _steps.Add(report);
        options.OnStep?.Invoke(report);
    }
}
