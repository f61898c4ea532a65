using System.Reflection;
using System.Runtime.Loader;

namespace XenVlan.Loader;

/// <summary>
/// Holds XenVlan's own assemblies and what they need, so that another module's copy of the same library (YamlDotNet, in
/// powershell-yaml) meets neither ours nor we theirs. PowerShell's and .NET's assemblies are shared with everybody.
/// </summary>
internal sealed class ModuleLoadContext : AssemblyLoadContext
{
    private readonly string _folder;

    /// <summary>Makes a context for a folder of assemblies.</summary>
    /// <param name="folder">The folder; only what is in it is loaded here.</param>
    public ModuleLoadContext(string folder)
        : base("XenVlan", isCollectible: false) => _folder = folder;

    /// <inheritdoc/>
    protected override Assembly? Load(AssemblyName assemblyName)
    {
        ArgumentNullException.ThrowIfNull(assemblyName);
        var file = Path.Combine(_folder, assemblyName.Name + ".dll");

        // Null leaves the assembly to the default context, where PowerShell lives.
        return File.Exists(file) ? LoadFromAssemblyPath(file) : null;
    }
}
