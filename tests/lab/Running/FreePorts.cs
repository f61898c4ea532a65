using System.Net;
using System.Net.Sockets;

namespace XenVlan.Lab.Running;

/// <summary>Finds ports on 127.0.0.1 that nobody uses.</summary>
internal static class FreePorts
{
    public static int[] Find(int count)
    {
        // All are held at once, so that they differ.
        var listeners = Enumerable.Range(0, count).Select(_ => new TcpListener(IPAddress.Loopback, 0)).ToList();
        try
        {
            listeners.ForEach(listener => listener.Start());
            return [.. listeners.Select(listener => ((IPEndPoint)listener.LocalEndpoint).Port)];
        }
        finally
        {
            listeners.ForEach(listener => listener.Dispose());
        }
    }
}
