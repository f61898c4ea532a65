namespace XenVlan.Hosts;

/// <summary>Gives connections to hosts.</summary>
public interface IHostConnector
{
    /// <summary>A connection to a host. Disposing it gives it back.</summary>
    /// <param name="target">The host.</param>
    /// <param name="settings">How to reach it.</param>
    /// <returns>A connection, which connects when it is first used.</returns>
    IHostConnection Connect(HostTarget target, SshSettings settings);
}
