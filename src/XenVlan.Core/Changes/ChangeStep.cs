using XenVlan.Hosts;
using XenVlan.Model;

namespace XenVlan.Changes;

/// <summary>One command of a plan, and the command that undoes it.</summary>
/// <param name="Description">What it does, in words.</param>
/// <param name="Do">The command.</param>
/// <param name="Undo">The command that restores what was there before it.</param>
/// <param name="MadeLink">
/// The interface that the plan makes and the step is about; null where it was there before. Where it is gone already when
/// the step is undone, nothing is left to undo: some network managers remove it with the bridge above it.
/// </param>
public sealed record ChangeStep(string Description, ShellCommand Do, ShellCommand Undo, string? MadeLink = null)
{
    /// <summary>What it does, in words, without anything in them that does something to a terminal.</summary>
    public string Description { get; init; } = DisplayText.CleanSentences(Description);

    /// <summary>What else goes with the step from the host's interfaces, and comes back when it is undone.</summary>
    public IReadOnlyList<KeptState> Keeps { get; init; } = [];

    /// <summary>
    /// The VLAN interface that the step removes; null for any other step. Where it is there again when the step is undone, as
    /// something else on the host may make it, the undo goes on with that.
    /// </summary>
    public (string Name, string Parent, VlanId Id, VlanProtocol Protocol)? GoneVlan { get; init; }

    /// <summary>The error where the step looks for something and does not find it so; null for a step that changes something.</summary>
    public string? FailsAs { get; init; }
}

/// <summary>What the host keeps of an interface before a step, and gives back when it is undone.</summary>
/// <param name="Link">The interface.</param>
/// <param name="Extent">How much.</param>
public sealed record KeptState(string Link, KeptExtent Extent);

/// <summary>How much of an interface is kept before a step.</summary>
public enum KeptExtent
{
    /// <summary>Its addresses, and the routes through it.</summary>
    Addresses,

    /// <summary>These, and its settings as a port of its bridge.</summary>
    Port,

    /// <summary>These, and its sysctls.</summary>
    Link,
}

/// <summary>News of a step while a plan is carried out.</summary>
/// <param name="HostName">The host.</param>
/// <param name="Number">The step's number in its plan, from 1.</param>
/// <param name="Count">How many steps the plan has.</param>
/// <param name="Step">The step.</param>
/// <param name="State">What became of it.</param>
/// <param name="Said">What its command printed, where it failed.</param>
public sealed record StepReport(string HostName, int Number, int Count, ChangeStep Step, StepState State, string Said);

/// <summary>What became of a step.</summary>
public enum StepState
{
    /// <summary>It has begun.</summary>
    Running,

    /// <summary>It succeeded.</summary>
    Done,

    /// <summary>It failed.</summary>
    Failed,

    /// <summary>It was undone.</summary>
    Undone,

    /// <summary>Undoing it failed.</summary>
    UndoFailed,
}
