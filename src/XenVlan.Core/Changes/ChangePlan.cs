using XenVlan.Model;

namespace XenVlan.Changes;

/// <summary>The ordered steps that make changes true on one host.</summary>
public sealed record ChangePlan
{
    /// <summary>The host.</summary>
    public required string HostName { get; init; }

    /// <summary>What is to be true.</summary>
    public required IReadOnlyList<HostChange> Changes { get; init; }

    /// <summary>What is missing for that; empty when nothing is.</summary>
    public required IReadOnlyList<ChangeStep> Steps { get; init; }

    /// <summary>What the user should know about it, in sentences.</summary>
    public required IReadOnlyList<string> Notes { get; init; }

    /// <summary>The host before.</summary>
    public required HostSnapshot Before { get; init; }

    /// <summary>The host as it should be afterwards.</summary>
    public required HostSnapshot After { get; init; }

    /// <summary>The configuration files to write once the steps are confirmed, so that they last; empty for none.</summary>
    public IReadOnlyList<FileChange> Files { get; init; } = [];

    /// <summary>What was to go and is not there: neither does it run, nor is it in the files that were read. It is no error of the
    /// plan's, as it is what was wanted.</summary>
    public IReadOnlyList<InterfaceName> NotThere { get; init; } = [];

    /// <summary>Whether nothing needs to be done.</summary>
    public bool IsEmpty => Steps.Count == 0 && Files.Count == 0;

    /// <summary>The plan in a few words, for whoever asks what is being done to the host.</summary>
    public string Title =>
        Steps.Count > 0
            ? $"{Steps.Count} {(Steps.Count == 1 ? "step" : "steps")}: {Steps[0].Description}{(Steps.Count > 1 ? ", …" : "")}"
            : $"{Files.Count} {(Files.Count == 1 ? "file" : "files")}: {string.Join(", ", Files.Select(f => f.Path))}";

    /// <summary>Plans changes, each on top of the ones before it.</summary>
    /// <param name="before">The host as it is.</param>
    /// <param name="changes">What is to be true, in an order in which it can be made so.</param>
    /// <returns>The plan.</returns>
    /// <exception cref="XenVlanException">A change cannot be made on this host.</exception>
    public static ChangePlan Make(HostSnapshot before, IReadOnlyList<HostChange> changes)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(changes);
        var planning = new PlanBuilder(before);
        foreach (var change in changes)
            change.Plan(planning);
        planning.Finish();

        return new ChangePlan
        {
            HostName = before.HostName,
            Changes = changes,
            Steps = planning.Steps,
            Notes = planning.Notes,
            Before = before,
            After = planning.Host,
        };
    }
}
