using System.Management.Automation;

namespace XenVlan.PowerShell.Running;

/// <summary>Closes the connections that are kept when the module is removed.</summary>
public sealed class ModuleCleanup : IModuleAssemblyCleanup
{
    /// <inheritdoc/>
    public void OnRemove(PSModuleInfo psModuleInfo) => ModuleSession.Connector.DisposeAsync().AsTask().GetAwaiter().GetResult();
}
