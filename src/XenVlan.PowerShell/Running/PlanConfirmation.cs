using System.Globalization;
using System.Management.Automation;
using XenVlan.Changes;
using XenVlan.Model;

namespace XenVlan.PowerShell.Running;

/// <summary>
/// Asks whether to carry a plan out. It is confirmed as a whole, since a step is of no use without the ones before it;
/// -WhatIf shows each.
/// </summary>
internal static class PlanConfirmation
{
    /// <summary>Asks, or says what would be done.</summary>
    /// <returns>Whether to go on.</returns>
    public static bool ShouldApply(XenVlanCmdlet cmdlet, ChangePlan plan)
    {
        var lines = plan.Steps.Select((step, i) => Line(plan, i + 1, step)).Concat(plan.Files.Select(f => Line(plan, f))).ToList();
        var question = $"Host {DisplayText.Quote(plan.HostName)} will be changed:\n{string.Join('\n', lines)}";
        var isConfirmed = cmdlet.ShouldProcess(lines[0], question, "Change the host?", out var reason);
        foreach (var line in lines.Skip(1))
        {
            if (isConfirmed)
                cmdlet.WriteVerbose(line);
            else if (reason is ShouldProcessReason.WhatIf)
                _ = cmdlet.ShouldProcess(line, question, "Change the host?");
        }

        return isConfirmed;
    }

    private static string Line(ChangePlan plan, int number, ChangeStep step) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"Host {DisplayText.Quote(plan.HostName)}, step {number} of {plan.Steps.Count}: {DisplayText.Clean(step.Description)}: "
                + $"{DisplayText.Clean(step.Do.Text)} (undo: {DisplayText.Clean(step.Undo.Text)})"
        );

    private static string Line(ChangePlan plan, FileChange file) =>
        $"Host {DisplayText.Quote(plan.HostName)}, {(file.After is null ? "remove" : "write")} {DisplayText.Clean(file.Path)}: "
        + $"{DisplayText.Clean(file.Description)}";
}
