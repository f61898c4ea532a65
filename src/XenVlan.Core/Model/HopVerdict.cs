namespace XenVlan.Model;

/// <summary>What happens to a frame at a hop.</summary>
public enum HopVerdict
{
    /// <summary>It goes on.</summary>
    Passes,

    /// <summary>It ends here.</summary>
    Drops,

    /// <summary>It arrives.</summary>
    Delivers,

    /// <summary>Nothing that was read tells.</summary>
    Unknown,
}
