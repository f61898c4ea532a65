using XenVlan.Model;

namespace XenVlan.Discovery;

/// <summary>Collects what a host did not let be seen, with the reason in words that help.</summary>
/// <param name="programs">The programs found on the host.</param>
/// <param name="isRoot">Whether it is read as root.</param>
internal sealed class OmissionList(IReadOnlyCollection<string> programs, bool isRoot)
{
    // timeout(1) ends with this status when it had to end the command.
    private const int TimedOut = 124;

    private readonly List<Omission> _omissions = [];

    /// <summary>All that was added.</summary>
    public IReadOnlyList<Omission> All => _omissions;

    /// <summary>Adds what is missing.</summary>
    /// <param name="what">What is missing from the picture.</param>
    /// <param name="why">The reason, and what would help.</param>
    public void Add(string what, string why) => _omissions.Add(new Omission(what, why));

    /// <summary>Why a program told nothing.</summary>
    /// <param name="program">The program.</param>
    /// <param name="package">What it is part of.</param>
    /// <param name="section">What came of it.</param>
    /// <returns>The reason, and what would help.</returns>
    public string Reason(string program, string package, ProbeSection section)
    {
        if (!programs.Contains(program))
            return $"the '{program}' program ({package}) is missing";
        if (section.ExitStatus is TimedOut)
            return $"'{program}' did not answer within 20 seconds";
        if (section.ExitStatus is null)
            return $"the output of '{program}' was cut off";

        var said = section.Error.Length == 0 ? "" : $": {DisplayText.Clean(section.Error)}";
        var help = isRoot ? "" : "; log in as root to see it";
        return $"'{program}' failed{said}{help}";
    }
}
