namespace XenVlan.Hosts;

/// <summary>Gives connections to hosts.</summary>
public interface IHostConnector
{
    /// <summary>A connection to a host. Disposing it gives it back.</summary>
    /// <param name="target">The host.</param>
    /// <param name="settings">How to reach it.</param>
    /// <returns>A connection, which connects when it is first used.</returns>
    IHostConnection Connect(HostTarget target, SshSettings settings);

    /// <summary>
    /// A new connection to a host, shared with nobody before: what is asked over it proves that the host can be reached
    /// now. Disposing it gives it back.
    /// </summary>
    /// <param name="target">The host.</param>
    /// <param name="settings">How to reach it; a connection that <c>ssh</c> itself shares (ControlMaster) is not used.</param>
    /// <returns>A connection, which connects when it is first used.</returns>
    IHostConnection ConnectAnew(HostTarget target, SshSettings settings);
}
