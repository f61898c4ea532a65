using System.Collections.Concurrent;
using System.Reflection;

namespace XenVlan.Loader;

/// <summary>Loads the module. This is the only assembly of XenVlan that PowerShell's own context holds.</summary>
public static class ModuleLoader
{
    private static readonly ConcurrentDictionary<string, Lazy<Assembly>> Loaded = new(StringComparer.Ordinal);

    /// <summary>Loads the module's assembly into a context of its own; the second time, gives the same one again.</summary>
    /// <param name="folder">The full path of the folder that holds XenVlan.PowerShell.dll and what it needs.</param>
    /// <returns>The assembly, for <c>Import-Module -Assembly</c>.</returns>
    /// <exception cref="FileNotFoundException">The folder has no XenVlan.PowerShell.dll.</exception>
    public static Assembly Load(string folder)
    {
        var whole = Path.GetFullPath(folder);
        return Loaded
            .GetOrAdd(
                whole,
                static f => new Lazy<Assembly>(() =>
                    new ModuleLoadContext(f).LoadFromAssemblyPath(Path.Combine(f, "XenVlan.PowerShell.dll"))
                )
            )
            .Value;
    }
}
