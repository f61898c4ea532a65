using XenVlan.Model;

namespace XenVlan.Changes.Transactions;

/// <summary>How a plan is carried out.</summary>
public sealed record TransactionOptions
{
    /// <summary>The least time for confirming, in seconds.</summary>
    public const int MinimumConfirmSeconds = 5;

    /// <summary>The most time for confirming, in seconds: an hour.</summary>
    public const int MaximumConfirmSeconds = 3600;

    /// <summary>The time for confirming where nobody says another, in seconds.</summary>
    public const int DefaultConfirmSeconds = 30;

    /// <summary>As described, with nobody listening.</summary>
    public static TransactionOptions Default { get; } = new();

    /// <summary>How long the host waits, after the last step, to be told that it can still be reached; then it undoes everything.</summary>
    public TimeSpan ConfirmTimeout { get; init; } = TimeSpan.FromSeconds(DefaultConfirmSeconds);

    /// <summary>How long one command on the host may take, to do or to undo a step, before it is ended; whole seconds.</summary>
    public TimeSpan StepLimit { get; init; } = TimeSpan.FromSeconds(120);

    /// <summary>Whether the host keeps the change without being told that it can still be reached.</summary>
    public bool NoRollback { get; init; }

    /// <summary>Called with the news of each step.</summary>
    public Action<StepReport>? OnStep { get; init; }

    /// <summary>Called with what else happens, a sentence each, with the host's name: armed, confirmed, a file written.</summary>
    public Action<string, string>? OnProgress { get; init; }

    /// <summary>Called with what the user should know, a sentence each, with the host's name.</summary>
    public Action<string, string>? OnWarning { get; init; }

    /// <summary>The clock that is waited by.</summary>
    internal TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Is told of the changes that are begun; null for nobody.</summary>
    public OpenChanges? Open { get; init; }

    /// <summary>Checks a time a user gave.</summary>
    /// <param name="seconds">In seconds.</param>
    /// <returns>The same.</returns>
    /// <exception cref="XenVlanException"><see cref="ErrorIds.InvalidValue"/>: outside 5 to 3600.</exception>
    public static TimeSpan CheckConfirmTimeout(int seconds) =>
        seconds is >= MinimumConfirmSeconds and <= MaximumConfirmSeconds
            ? TimeSpan.FromSeconds(seconds)
            : throw Errors.Of(
                ErrorIds.InvalidValue,
                $"A confirm timeout of {seconds} seconds is not valid: it is {MinimumConfirmSeconds} to {MaximumConfirmSeconds}."
            );
}
