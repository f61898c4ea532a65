namespace XenVlan.Model;

/// <summary>How far a change goes.</summary>
public enum ChangeScope
{
    /// <summary>What runs is changed, and the configuration files too, so that it lasts.</summary>
    Both,

    /// <summary>Only what runs is changed; the next boot of the host, or start of the domain, brings back what was.</summary>
    Running,

    /// <summary>Only the configuration files are changed; it shows at the next boot of the host, or start of the domain.</summary>
    Persistent,
}
