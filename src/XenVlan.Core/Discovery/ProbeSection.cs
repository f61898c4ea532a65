namespace XenVlan.Discovery;

/// <summary>What one source on a host printed.</summary>
/// <param name="Name">The section's name in <see cref="ProbeScript"/>.</param>
/// <param name="Lines">Its output.</param>
/// <param name="ExitStatus">How it ended; null when the end was not seen.</param>
/// <param name="Error">The first line of its standard error that says something; empty when none does.</param>
internal sealed record ProbeSection(string Name, IReadOnlyList<string> Lines, int? ExitStatus, string Error)
{
    /// <summary>Whether the source could be read wholly.</summary>
    public bool Succeeded => ExitStatus == 0;

    /// <summary>A section that is not there.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>A section without lines and without an end.</returns>
    public static ProbeSection Absent(string name) => new(name, [], null, "");
}
