namespace XenVlan.Changes;

/// <summary>News of a step while a plan is carried out.</summary>
/// <param name="HostName">The host.</param>
/// <param name="Number">The step's number in its plan, from 1.</param>
/// <param name="Count">How many steps the plan has.</param>
/// <param name="Step">The step.</param>
/// <param name="State">What became of it.</param>
/// <param name="Said">What its command printed, where it failed.</param>
public sealed record StepReport(string HostName, int Number, int Count, ChangeStep Step, StepState State, string Said);
