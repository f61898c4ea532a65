using XenVlan.Model;

namespace XenVlan.Discovery.Probe;

/// <summary>Collects what a host did not let be seen, with the reason in words that help.</summary>
/// <param name="programs">The programs found on the host.</param>
/// <param name="isRoot">Whether it is read as root.</param>
internal sealed class GapList(IReadOnlyCollection<string> programs, bool isRoot)
{
    /// <summary>The gap of all network interfaces.</summary>
    public const string Interfaces = "network interfaces";

    /// <summary>The gap of all addresses.</summary>
    public const string Addresses = "addresses";

    /// <summary>The gap of addresses that may be missing.</summary>
    public const string SomeAddresses = "some IPv4 addresses, perhaps";

    /// <summary>The gap of domains and their NICs.</summary>
    public const string Domains = "names of the domains, and their NICs' addresses and states";

    /// <summary>The gap of Open vSwitch.</summary>
    public const string OpenVSwitch = "Open vSwitch bridges";

    /// <summary>The gap of LLDP.</summary>
    public const string Neighbors = "neighbours by LLDP";

    // timeout(1) ends with this status when it had to end the command.
    private const int TimedOut = 124;

    private readonly List<Gap> _omissions = [];

    /// <summary>All that was added.</summary>
    public IReadOnlyList<Gap> All => _omissions;

    /// <summary>Adds what is missing.</summary>
    /// <param name="what">What is missing from the picture.</param>
    /// <param name="why">The reason, and what would help.</param>
    public void Add(string what, string why) => _omissions.Add(new Gap(what, why));

    /// <summary>Reads what a source printed. Whatever that is, the rest of the host is read.</summary>
    /// <param name="what">What is missing from the picture when it cannot be understood.</param>
    /// <param name="source">The program or file that printed it.</param>
    /// <param name="otherwise">What is taken in its place.</param>
    /// <param name="read">Reads it; a <see cref="FormatException"/> says in words what was wrong.</param>
    public T Read<T>(string what, string source, T otherwise, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            Add(what, $"what '{source}' printed was not understood{(e is FormatException ? ": " + DisplayText.Clean(e.Message) : "")}");
            return otherwise;
        }
    }

    /// <summary>Why a program told nothing.</summary>
    /// <returns>The reason, and what would help.</returns>
    public string Reason(string program, string package, SnapshotSection section)
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
