using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using XenVlan.Lab.Running;

namespace XenVlan.Lab.Switching;

/// <summary>The switch process: datagram sockets as wires, one stream socket for control.</summary>
internal sealed class SwitchServer : IDisposable
{
    public const string ControlName = "switch";

    // Frames are at most 64 KiB and a few headers long, even when a host hands over more than its MTU.
    private const int LongestFrame = 66_000;

    private readonly string _directory;
    private readonly Dictionary<string, Socket> _wires = [];
    private readonly Dictionary<string, EndPoint> _hosts = [];
    private readonly VlanSwitch _switch;

    public SwitchServer(string directory)
    {
        _directory = directory;
        _switch = new VlanSwitch(Deliver);
        foreach (var port in VlanSwitch.PortNames)
        {
            // A host that does not read must not hold up the others: its frames are lost instead.
            _wires[port] = Bind(SocketType.Dgram, HostPlaces.SwitchEnd(directory, port));
            _wires[port].Blocking = false;
            _hosts[port] = new UnixDomainSocketEndPoint(HostPlaces.Wire(directory, port));
        }
    }

    public static string ControlSocket(string directory) => Path.Combine(directory, ControlName);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var control = Bind(SocketType.Stream, ControlSocket(_directory));
        control.Listen();
        await Task.WhenAny([
                .. _wires.Select(wire => ReceiveAsync(wire.Key, wire.Value, cancellationToken)),
                ServeAsync(control, cancellationToken),
            ])
            .Unwrap();
    }

    public void Dispose()
    {
        foreach (var wire in _wires.Values)
        {
            wire.Dispose();
        }
    }

    private static Socket Bind(SocketType type, string path)
    {
        File.Delete(path);
        var socket = new Socket(AddressFamily.Unix, type, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(path));
        return socket;
    }

    private async Task ReceiveAsync(string port, Socket wire, CancellationToken cancellationToken)
    {
        var buffer = new byte[LongestFrame];
        while (true)
        {
            var length = await wire.ReceiveAsync(buffer, SocketFlags.None, cancellationToken);
            _switch.Receive(port, buffer.AsSpan(0, length));
        }
    }

    /// <summary>Hands a frame to QEMU; false when it is not there or does not keep up, as a real wire would lose it.</summary>
    private bool Deliver(string port, ReadOnlySpan<byte> frame)
    {
        try
        {
            _wires[port].SendTo(frame, SocketFlags.None, _hosts[port]);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private async Task ServeAsync(Socket control, CancellationToken cancellationToken)
    {
        while (true)
        {
            var client = await control.AcceptAsync(cancellationToken);
            _ = AnswerAsync(client, cancellationToken);
        }
    }

    private async Task AnswerAsync(Socket client, CancellationToken cancellationToken)
    {
        try
        {
            await using var stream = new NetworkStream(client, ownsSocket: true);
            using var reader = new StreamReader(stream);
            while (await reader.ReadLineAsync(cancellationToken) is { } line)
            {
                await stream.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(Answer(line), SwitchRequest.Json), cancellationToken);
                await stream.WriteAsync("\n"u8.ToArray(), cancellationToken);
            }
        }
        catch (IOException)
        {
            // The client went away; that concerns nobody else.
        }
    }

    private SwitchAnswer Answer(string line)
    {
        try
        {
            var request = JsonSerializer.Deserialize<SwitchRequest>(line, SwitchRequest.Json);
            switch (request)
            {
                case { Do: SwitchRequest.Show }:
                    break;
                case { Do: SwitchRequest.Set, Settings: { } settings }:
                    _switch.Apply(settings);
                    break;
                case { Do: SwitchRequest.ResetCounters }:
                    _switch.ResetCounters();
                    break;
                default:
                    return new SwitchAnswer([], $"the switch does not know how to do this: {line}");
            }

            return new SwitchAnswer(_switch.Show());
        }
        catch (Exception error) when (error is LabException or JsonException)
        {
            return new SwitchAnswer([], error.Message);
        }
    }
}
