using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Loader;

namespace XenVlan.Loader;

/// <summary>
/// Holds what XenVlan's cmdlets are made of and what that needs, so that another module's copy of the same library (YamlDotNet,
/// in powershell-yaml) meets neither ours nor we theirs. PowerShell's and .NET's assemblies are shared with everybody.
/// </summary>
internal sealed class ModuleLoadContext : AssemblyLoadContext
{
    private readonly string[] _folders;

    /// <summary>Makes a context for a folder of assemblies.</summary>
    /// <param name="folder">
    /// The folder; only what is in it is loaded here. An assembly that is in its folder <c>linux-x64</c> too, compiled already,
    /// is taken from there on such a machine.
    /// </param>
    public ModuleLoadContext(string folder)
        : base("XenVlan", isCollectible: false) => _folders = [.. PlatformFolder(folder), folder];

    /// <inheritdoc/>
    protected override Assembly? Load(AssemblyName assemblyName)
    {
        ArgumentNullException.ThrowIfNull(assemblyName);
        foreach (var folder in _folders)
        {
            var file = Path.Combine(folder, assemblyName.Name + ".dll");
            if (File.Exists(file))
                return LoadFromAssemblyPath(file);
        }

        // Null leaves the assembly to the default context, where PowerShell lives.
        return null;
    }

    private static string[] PlatformFolder(string folder) =>
        OperatingSystem.IsLinux() && RuntimeInformation.ProcessArchitecture is Architecture.X64 ? [Path.Combine(folder, "linux-x64")] : [];
}
