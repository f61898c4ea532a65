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

    /// <summary>
    /// Turns IPv6 on for one interface, with no address but those it is given (<c>IN6_ADDR_GEN_MODE_NONE</c>), and without looking
    /// for routers or for others that have its addresses.
    /// </summary>
    /// <param name="name">The namespace.</param>
    /// <param name="link">The interface.</param>
    /// <exception cref="IOException">There is no such namespace or interface.</exception>
    public static void LetSpeakIPv6(string name, string link)
    {
        Enter(name);
        foreach (
            var (setting, value) in new[]
            {
                ("addr_gen_mode", "1"),
                ("accept_dad", "0"),
                ("router_solicitations", "0"),
                ("disable_ipv6", "0"),
            }
        )
            File.WriteAllText($"/proc/sys/net/ipv6/conf/{link}/{setting}", value);
    }
}
