namespace XenVlan.Lab.Tests;

/// <summary>One way in which a change can go wrong.</summary>
/// <param name="Fault">What goes wrong.</param>
/// <param name="Step">At which step, from 1; 0 for a fault of a phase.</param>
/// <param name="Phase">In which phase, for a fault of the journal's file system.</param>
public sealed record FaultCase(string Fault, int Step, string Phase)
{
    public const string ConnectionCut = "SSH connection cut";
    public const string ClientKilled = "client killed";
    public const string StepFails = "step fails";
    public const string ScriptKilled = "script on the host killed";
    public const string GuardKilled = "its guard killed";
    public const string HostReset = "host reset";
    public const string JournalFull = "journal's disk full";
    public const string JournalReadOnly = "journal's disk read-only";

    /// <summary>How many steps the plan has.</summary>
    public const int Steps = 10;

    /// <summary>The phases in which the journal's file system fails.</summary>
    public static IReadOnlyList<string> Phases { get; } = ["before", "during", "armed", "persisting"];

    /// <summary>Every case.</summary>
    public static IReadOnlyList<FaultCase> All { get; } =
    [
        .. new[] { ConnectionCut, ClientKilled, StepFails, ScriptKilled, GuardKilled, HostReset }.SelectMany(fault =>
            Enumerable.Range(1, Steps).Select(step => new FaultCase(fault, step, $"step {step}"))
        ),
        .. Phases.SelectMany(phase => new[] { JournalFull, JournalReadOnly }.Select(fault => new FaultCase(fault, 0, phase))),
    ];

    /// <summary>
    /// A fifth of them, the same every time: each fault of a step at the middle one, a failing step and a killed script also
    /// at the first and the last; and in each phase one fault of the journal's file system.
    /// </summary>
    public static IReadOnlyList<FaultCase> Some { get; } =
    [
        .. All.Where(c =>
            c
                is { Step: 5 }
                    or { Step: 1 or Steps, Fault: StepFails or ScriptKilled }
                    or { Phase: "before" or "armed", Fault: JournalReadOnly }
                    or { Phase: "during" or "persisting", Fault: JournalFull }
        ),
    ];

    /// <inheritdoc/>
    public override string ToString() => $"{Fault}, {Phase}";
}
