namespace XenVlan.Frames;

/// <summary>The network namespaces of <c>ip netns</c>.</summary>
internal static class NetworkNamespace
{
    private static string? _current;

    /// <summary>Takes this thread into a namespace. What is opened there stays there.</summary>
    /// <param name="name">Its name.</param>
    /// <exception cref="IOException">There is none.</exception>
    public static void Enter(string name)
    {
        if (name == _current)
            return;
        using var file = File.OpenHandle("/run/netns/" + name);
        if (Libc.setns((int)file.DangerousGetHandle(), Libc.NetworkNamespace) < 0)
            throw Libc.Error($"namespace {name}");
        _current = name;
    }

    /// <summary>Turns IPv6 off for the interfaces that will be made in a namespace.</summary>
    /// <param name="name">The namespace.</param>
    /// <exception cref="IOException">There is no such namespace.</exception>
    public static void SilenceIPv6(string name)
    {
        Enter(name);

        // Files under /proc/sys/net are those of the thread's namespace (net_ctl_header_lookup in net/sysctl_net.c).
        foreach (var which in new[] { "all", "default" })
            File.WriteAllText($"/proc/sys/net/ipv6/conf/{which}/disable_ipv6", "1");
    }
}
