using XenVlan.Lab.Building;

namespace XenVlan.Lab.Running;

/// <summary>Hosts that were booted once and frozen.</summary>
/// <param name="Images">What they were booted from.</param>
/// <param name="Directory">Where they are.</param>
internal sealed record FrozenLab(LabImages Images, string Directory)
{
    public string Memory(string host) => Path.Combine(Directory, host + ".ram");

    public string State(string host) => Path.Combine(Directory, host + ".state");
}
