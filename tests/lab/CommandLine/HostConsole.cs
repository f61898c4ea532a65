using System.Diagnostics;
using System.Net.Sockets;

namespace XenVlan.Lab.CommandLine;

/// <summary>Joins this terminal to a dom0's serial console.</summary>
internal static class HostConsole
{
    private const byte Leave = 0x1d; // Ctrl-]

    public static async Task AttachAsync(string socketPath, CancellationToken cancellationToken)
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(new UnixDomainSocketEndPoint(socketPath), cancellationToken);
        await using var stream = new NetworkStream(socket);
        using var done = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await using var input = Console.OpenStandardInput();
        await using var output = Console.OpenStandardOutput();
        Terminal("raw", "-echo");
        try
        {
            var printing = stream.CopyToAsync(output, done.Token);
            await Task.WhenAny(printing, TypeAsync(input, stream, done.Token));
            await done.CancelAsync();
        }
        finally
        {
            Terminal("sane");
        }
    }

    private static async Task TypeAsync(Stream keyboard, Stream console, CancellationToken cancellationToken)
    {
        var keys = new byte[256];
        int count;
        while ((count = await keyboard.ReadAsync(keys, cancellationToken)) > 0)
        {
            var leave = keys.AsSpan(0, count).IndexOf(Leave);
            await console.WriteAsync(keys.AsMemory(0, leave < 0 ? count : leave), cancellationToken);
            if (leave >= 0)
            {
                return;
            }
        }
    }

    private static void Terminal(params string[] settings)
    {
        if (!Console.IsInputRedirected)
        {
            using var stty = Process.Start("stty", settings);
            stty.WaitForExit();
        }
    }
}
