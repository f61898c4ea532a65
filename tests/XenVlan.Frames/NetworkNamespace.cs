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
}
