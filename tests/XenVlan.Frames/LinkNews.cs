using System.Diagnostics;
using System.Runtime.InteropServices;

namespace XenVlan.Frames;

/// <summary>
/// Waits until links have come up. They tell each other so one after the other, for each at most a second later
/// (<c>linkwatch_schedule_work</c> in <c>net/core/link_watch.c</c>), and each change is news on rtnetlink(7).
/// </summary>
internal static unsafe class LinkNews
{
    private const int Quiet = 1300;
    private const int Limit = 60_000;
    private const uint LinkGroup = 1; // RTMGRP_LINK
    private const int WouldBlock = 11;

    /// <summary>Waits until there has been no news for a while.</summary>
    /// <param name="spaces">The namespaces.</param>
    /// <exception cref="IOException">There is no such namespace, or there is no end of news.</exception>
    public static void WaitForEnd(IEnumerable<string> spaces)
    {
        var sockets = spaces.Select(Open).ToArray();
        var started = Stopwatch.GetTimestamp();
        fixed (PollEntry* entries = sockets)
        {
            while (Libc.poll(entries, (nuint)sockets.Length, Quiet) > 0)
            {
                if (Stopwatch.GetElapsedTime(started).TotalMilliseconds > Limit)
                    throw new IOException("the links do not come to rest");
                foreach (var socket in sockets)
                    Drain(socket.Descriptor);
            }
        }

        foreach (var socket in sockets)
            _ = Libc.close(socket.Descriptor);
    }

    private static PollEntry Open(string space)
    {
        NetworkNamespace.Enter(space);
        var descriptor = Libc.socket(Libc.AddressFamilyNetlink, Libc.RawSocket | Libc.CloseOnExec, 0);
        var address = stackalloc uint[3] { Libc.AddressFamilyNetlink, 0, LinkGroup }; // struct sockaddr_nl
        if (descriptor < 0 || Libc.bind(descriptor, (PacketAddress*)address, 3 * sizeof(uint)) < 0)
            throw Libc.Error("a netlink socket");
        return new PollEntry { Descriptor = descriptor, Events = Libc.PollIn };
    }

    private static void Drain(int descriptor)
    {
        var buffer = stackalloc byte[8192];
        while (Libc.recvfrom(descriptor, buffer, 8192, Libc.DoNotWait, null, null) >= 0 || Marshal.GetLastPInvokeError() != WouldBlock) { }
    }
}
