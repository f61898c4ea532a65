using XenVlan.Hosts;
using XenVlan.Model;

namespace XenVlan.PowerShell.Running;

/// <summary>A host a command is about.</summary>
/// <param name="Target">The host.</param>
/// <param name="Settings">How to reach it.</param>
/// <param name="Current">A snapshot of it that can be taken for what it is now; null when it must be read.</param>
internal sealed record RequestedHost(HostTarget Target, SshSettings Settings, HostSnapshot? Current);
