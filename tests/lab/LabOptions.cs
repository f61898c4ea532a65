namespace XenVlan.Lab;

/// <summary>How a lab is brought up.</summary>
public sealed record LabOptions
{
    /// <summary>The name of the lab: letters, digits, <c>-</c> and <c>_</c>. Labs of different names run side by side.</summary>
    public string Name { get; init; } = "main";

    /// <summary>Boot the hosts instead of thawing the frozen ones: slow, but proves the boot.</summary>
    public bool Cold { get; init; }

    /// <summary>Leave the hosts running when one of them does not come up, so that one can look at it.</summary>
    public bool KeepOnFailure { get; init; }

    /// <summary>
    /// Where everything the lab keeps is; absent means the environment variable <c>XENVLAN_LAB_DIR</c>, and without
    /// that the directory <c>.lab</c> at the root of the repository.
    /// </summary>
    public string? Directory { get; init; }
}
