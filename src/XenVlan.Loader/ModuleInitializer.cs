using System.Management.Automation;
using System.Reflection;
using System.Runtime.Loader;

namespace XenVlan.Loader;

/// <summary>
/// Sees to it that the cmdlets' assembly, which PowerShell loads into its own context, finds the rest of XenVlan in a context
/// apart. The manifest names this assembly as a nested module, and those are imported first.
/// </summary>
public sealed class ModuleInitializer : IModuleAssemblyInitializer
{
    // The one assembly of the other context that the cmdlets' refers to.
    private const string Core = "XenVlan.Core";

    private static readonly Lazy<ModuleLoadContext> Context = new(static () =>
        new ModuleLoadContext(Path.Combine(Path.GetDirectoryName(typeof(ModuleInitializer).Assembly.Location)!, "lib"))
    );

    /// <inheritdoc/>
    public void OnImport()
    {
        // Imported again, it is there already.
        AssemblyLoadContext.Default.Resolving -= Resolve;
        AssemblyLoadContext.Default.Resolving += Resolve;
    }

    private static Assembly? Resolve(AssemblyLoadContext context, AssemblyName name) =>
        name.Name == Core ? Context.Value.LoadFromAssemblyName(name) : null;
}
