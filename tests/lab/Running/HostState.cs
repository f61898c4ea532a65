namespace XenVlan.Lab.Running;

/// <summary>One running dom0.</summary>
internal sealed record HostState(string Name, int SshPort, int OpenSshPort, ProcessIdentity? Process);
