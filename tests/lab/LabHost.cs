namespace XenVlan.Lab;

/// <summary>A host of the lab that answers ssh under its name.</summary>
/// <param name="Name">Its name, which is also its alias in the lab's ssh_config.</param>
/// <param name="Dom0">For a domU the dom0 it runs on; absent for a dom0.</param>
/// <param name="ManagementAddress">The address its ssh answers on.</param>
public sealed record LabHost(string Name, string? Dom0, string ManagementAddress)
{
    /// <summary>Whether this is a Xen host and not one of its domains.</summary>
    public bool IsDom0 => Dom0 is null;

    /// <summary>The hosts of every lab: the dom0s <c>a</c> and <c>b</c>, and two domUs on each.</summary>
    public static IReadOnlyList<LabHost> All { get; } =
    [
        new("a", null, "10.0.2.15"),
        new("b", null, "10.0.2.15"),
        new("ftp-a", "a", "169.254.100.11"),
        new("app-a", "a", "169.254.100.12"),
        new("ftp-b", "b", "169.254.100.11"),
        new("app-b", "b", "169.254.100.12"),
    ];

    internal static IReadOnlyList<LabHost> Dom0s { get; } = [.. All.Where(host => host.IsDom0)];
}
