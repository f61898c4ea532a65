using System.Globalization;
using System.Text.RegularExpressions;

namespace XenVlan.Model;

/// <summary>A Linux kernel's release, as <c>uname -r</c> prints it.</summary>
/// <param name="Release">The whole text, such as <c>6.1.0-56-amd64</c>.</param>
/// <param name="Version">Its leading numbers; 0.0.0 when there are none.</param>
public sealed partial record KernelVersion(string Release, Version Version)
{
    /// <summary>Reads a release.</summary>
    /// <param name="release">As <c>uname -r</c> prints it.</param>
    /// <returns>The version; never fails, as vendors write what they like.</returns>
    public static KernelVersion Parse(string release)
    {
        var match = LeadingNumbers().Match(release);
        var version = match.Success
            ? new Version(Number(match.Groups["major"]), Number(match.Groups["minor"]), Number(match.Groups["patch"]))
            : new Version(0, 0, 0);
        return new KernelVersion(release, version);
    }

    /// <summary>Whether the kernel is of a version or newer.</summary>
    /// <param name="major">First number.</param>
    /// <param name="minor">Second number.</param>
    /// <param name="patch">Third number.</param>
    /// <returns>Whether it is that or newer.</returns>
    public bool IsAtLeast(int major, int minor, int patch = 0) => Version >= new Version(major, minor, patch);

    /// <summary>The release.</summary>
    /// <returns>Such as <c>6.1.0-56-amd64</c>.</returns>
    public override string ToString() => Release;

    private static int Number(Group group) => group.Success ? int.Parse(group.Value, NumberStyles.None, CultureInfo.InvariantCulture) : 0;

    [GeneratedRegex(
        @"^(?<major>[0-9]{1,6})\.(?<minor>[0-9]{1,6})(\.(?<patch>[0-9]{1,6}))?",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex LeadingNumbers();
}
