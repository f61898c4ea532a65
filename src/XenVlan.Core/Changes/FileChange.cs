using XenVlan.Hosts;
using XenVlan.Model;

namespace XenVlan.Changes;

/// <summary>A configuration file that is to be written, replaced or removed.</summary>
/// <param name="Path">Where it is, absolute.</param>
/// <param name="Before">What is in it now, a byte a character; null where there is none.</param>
/// <param name="After">What is to be in it; null where it is to go.</param>
/// <param name="Mode">The permissions of a new file, such as <c>0644</c>; one that is there keeps its own.</param>
/// <param name="Description">What the change does, in words: <c>create eth0.10 at boot</c>.</param>
/// <param name="IsLink">Whether it is a symbolic link; before and after are then where it leads.</param>
public sealed record FileChange(string Path, string? Before, string? After, string Mode, string Description, bool IsLink = false)
{
    /// <summary>Whether the directory that it is in goes with it, where nothing else is in it: one that is there for it alone. Also where
    /// the change that made it is undone.</summary>
    public bool RemovesDirectory { get; init; }

    /// <summary>What the host runs once it has removed it, also where the change that made it is undone, whatever comes of it; null for
    /// nothing.</summary>
    public ShellCommand? AfterRemoval { get; init; }

    /// <summary>What the change does, in words, without anything in them that does something to a terminal.</summary>
    public string Description { get; init; } = DisplayText.CleanSentences(Description);
}
