using XenVlan.Hosts;

namespace XenVlan.Changes;

/// <summary>One command of a plan, and the command that takes it back.</summary>
/// <param name="Description">What it does, in words.</param>
/// <param name="Do">The command.</param>
/// <param name="Undo">The command that restores what was there before it.</param>
/// <param name="RoutesOf">The interface whose routes go with the step and come back when it is undone; null for none.</param>
/// <param name="MadeLink">
/// The interface that the plan makes and the step is about; null where it was there before. Where it is gone already when
/// the step is undone, nothing is left to undo: some network managers remove it with the bridge above it.
/// </param>
public sealed record ChangeStep(string Description, ShellCommand Do, ShellCommand Undo, string? RoutesOf = null, string? MadeLink = null)
{
    /// <summary>The error where the step looks for something and does not find it so; null for a step that changes something.</summary>
    public string? FailsAs { get; init; }
}
