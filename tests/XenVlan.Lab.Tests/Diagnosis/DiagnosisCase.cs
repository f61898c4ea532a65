using XenVlan.Model;
using XenVlan.Paths.Ends;

namespace XenVlan.Lab.Tests.Diagnosis;

/// <summary>
/// A way in which VLANs break, made for real, and what a live diagnosis must say of it. It begins on the healthy lab of
/// <see cref="HealthyLab"/>.
/// </summary>
/// <param name="Fault">What is broken.</param>
/// <param name="From">Where the path begins: host and interface.</param>
/// <param name="To">Where it ends, as users write it.</param>
public sealed record DiagnosisCase(string Fault, string From, string To)
{
    /// <summary>The scripts that break it, by host or domain.</summary>
    public IReadOnlyList<(string Place, string Script)> Break { get; init; } = [];

    /// <summary>
    /// The scripts that mend it again. What they leave behind is seen, and costs a thaw; so does a host that is named with
    /// an empty script.
    /// </summary>
    public IReadOnlyList<(string Place, string Script)> Mend { get; init; } = [];

    /// <summary>Settings of the switch's ports; the switch is set back by itself.</summary>
    public IReadOnlyList<(string Port, Func<SwitchPortSettings, SwitchPortSettings> Change)> Switch { get; init; } = [];

    /// <summary>Whether xenbr0 filters VLANs on both hosts.</summary>
    public bool Filters { get; init; }

    /// <summary>Domains that cannot be read any more once it is broken; what was read of them before is used.</summary>
    public IReadOnlyList<string> Silent { get; init; } = [];

    /// <summary>The interfaces the switch joins.</summary>
    public IReadOnlyList<string> Wired { get; init; } = ["a/eth1", "b/eth1"];

    /// <summary>What else is asked.</summary>
    public Func<PathRequest, PathRequest> Asks { get; init; } = r => r;

    /// <summary>Where the frame must be found to end; null where it must arrive.</summary>
    public string? LostAt { get; init; }

    /// <summary>Why.</summary>
    public PathReason Reason { get; init; }

    /// <summary>What the fix must contain; null for no fix.</summary>
    public string? Fix { get; init; }

    /// <summary>Whether the fix is a command, after which the path works.</summary>
    public bool FixWorks { get; init; }

    /// <summary>Whether it is one of those that run with all other tests; <see cref="PathTests"/> make some others.</summary>
    public bool Always { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Fault;
}
