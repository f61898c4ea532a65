namespace XenVlan.Cli.Json;

/// <summary>A step of a plan as JSON.</summary>
/// <param name="Description">What it does, in words.</param>
/// <param name="Command">Its command.</param>
/// <param name="Undo">The command that takes it back.</param>
/// <param name="Outcome">What became of it.</param>
/// <param name="Said">What its command printed, where it failed; null elsewhere.</param>
internal sealed record StepDocument(string Description, string Command, string Undo, StepOutcome Outcome, string? Said);
