namespace XenVlan.Changes.Persistence.Domains;

/// <summary>
/// The hook that connects NICs as <see cref="VifTable"/> says. Xen's own vif scripts run what is in
/// <c>vif-post.d</c> since 4.2 (call_hooks in <c>xen-hotplug-common.sh</c>).
/// </summary>
internal static class VifHook
{
    /// <summary>Where it is.</summary>
    public const string Path = $"{Directory}/50-xenvlan.hook";

    /// <summary>The directory of the hooks.</summary>
    public const string Directory = "/etc/xen/scripts/vif-post.d";

    /// <summary>Its permissions; one that cannot be executed is passed over.</summary>
    public const string Mode = "0755";

    /// <summary>What is in it: the same on every host.</summary>
    public static string Text { get; } = Load();

    private static string Load()
    {
        using var stream = typeof(VifHook).Assembly.GetManifestResourceStream("50-xenvlan.hook")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
