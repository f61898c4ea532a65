namespace XenVlan.Cli.Json;

/// <summary>A host's plan, and what became of it, as JSON.</summary>
/// <param name="HostName">The host.</param>
/// <param name="Outcome">What became of the plan.</param>
/// <param name="Steps">Its steps.</param>
/// <param name="Files">The configuration files it writes, so that it lasts.</param>
/// <param name="Notes">What to know about it, in sentences.</param>
internal sealed record PlanDocument(string HostName, PlanOutcome Outcome, IReadOnlyList<StepDocument> Steps, IReadOnlyList<FileDocument> Files, IReadOnlyList<string> Notes);
