using System.Net.Sockets;
using System.Text.Json;
using XenVlan.Lab.Switching;

namespace XenVlan.Lab;

/// <summary>The switch both hosts are plugged into. A change takes effect at once and forgets what the port had learned.</summary>
public sealed class LabSwitch
{
    private static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(5);

    private readonly string _controlSocket;
    private readonly Func<string, bool, CancellationToken, Task> _plug;

    /// <param name="controlSocket">The socket the switch is controlled through.</param>
    /// <param name="plug">Tells a port's host whether its cable is plugged in.</param>
    internal LabSwitch(string controlSocket, Func<string, bool, CancellationToken, Task> plug)
    {
        _controlSocket = controlSocket;
        _plug = plug;
    }

    /// <summary>The names of the ports: <c>a1</c> is where eth1 of host a is plugged in, <c>b2</c> eth2 of host b.</summary>
    public static IReadOnlyList<string> Ports => VlanSwitch.PortNames;

    /// <summary>Reads settings, counters and learned stations of every port.</summary>
    /// <param name="cancellationToken">Gives up waiting for the answer.</param>
    public Task<IReadOnlyList<SwitchPortState>> ShowAsync(CancellationToken cancellationToken = default) =>
        AskAsync(new SwitchRequest(SwitchRequest.Show), cancellationToken);

    /// <summary>Lets only these VLANs pass a port.</summary>
    /// <param name="port">The port.</param>
    /// <param name="vlans">Such as <c>1,10,1000-1999</c>; <c>all</c> or <c>none</c>.</param>
    /// <param name="cancellationToken">Gives up waiting for the answer.</param>
    public Task SetVlansAsync(string port, string vlans, CancellationToken cancellationToken = default) =>
        SetAsync(port, settings => settings with { Vlans = vlans }, cancellationToken);

    /// <summary>Sets the VLAN untagged frames of a port belong to; null drops them.</summary>
    /// <param name="port">The port.</param>
    /// <param name="vlan">1–4094, or null.</param>
    /// <param name="cancellationToken">Gives up waiting for the answer.</param>
    public Task SetNativeAsync(string port, int? vlan, CancellationToken cancellationToken = default) =>
        SetAsync(port, settings => settings with { Native = vlan }, cancellationToken);

    /// <summary>Drops frames at a port that carry more than this behind their Ethernet and VLAN headers; null lifts the limit.</summary>
    /// <param name="port">The port.</param>
    /// <param name="mtu">Bytes, or null.</param>
    /// <param name="cancellationToken">Gives up waiting for the answer.</param>
    public Task SetMtuAsync(string port, int? mtu, CancellationToken cancellationToken = default) =>
        SetAsync(port, settings => settings with { Mtu = mtu }, cancellationToken);

    /// <summary>Plugs a port's cable in or out; the host sees its carrier come and go.</summary>
    /// <param name="port">The port.</param>
    /// <param name="up">Whether it is plugged in.</param>
    /// <param name="cancellationToken">Gives up waiting for the answer.</param>
    public Task SetLinkAsync(string port, bool up, CancellationToken cancellationToken = default) =>
        SetAsync(port, settings => settings with { LinkUp = up }, cancellationToken);

    /// <summary>Sets everything about a port at once, and leaves out what stays as it is.</summary>
    /// <param name="port">The port.</param>
    /// <param name="change">Makes the new settings from the present ones.</param>
    /// <param name="cancellationToken">Gives up waiting for the answer.</param>
    public async Task SetAsync(
        string port,
        Func<SwitchPortSettings, SwitchPortSettings> change,
        CancellationToken cancellationToken = default
    )
    {
        var present =
            (await ShowAsync(cancellationToken)).Select(state => state.Settings).FirstOrDefault(settings => settings.Port == port)
            ?? throw new LabException($"the switch has no port {port}; it has {string.Join(", ", Ports)}");
        var wanted = change(present);
        await AskAsync(new SwitchRequest(SwitchRequest.Set, wanted), cancellationToken);
        if (wanted.LinkUp != present.LinkUp)
        {
            await _plug(port, wanted.LinkUp, cancellationToken);
        }
    }

    /// <summary>Sets every port back to how it was at first: all VLANs, native VLAN 1, no MTU limit, plugged in; counters at 0.</summary>
    /// <param name="cancellationToken">Gives up waiting for the answer.</param>
    public async Task ResetAsync(CancellationToken cancellationToken = default)
    {
        foreach (var state in await ShowAsync(cancellationToken))
        {
            await SetAsync(state.Settings.Port, settings => VlanSwitch.DefaultSettings(settings.Port), cancellationToken);
        }

        await ResetCountersAsync(cancellationToken);
    }

    /// <summary>Sets all counters to 0.</summary>
    /// <param name="cancellationToken">Gives up waiting for the answer.</param>
    public Task ResetCountersAsync(CancellationToken cancellationToken = default) =>
        AskAsync(new SwitchRequest(SwitchRequest.ResetCounters), cancellationToken);

    internal async Task<bool> AnswersAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await ShowAsync(cancellationToken) is not [];
        }
        catch (LabException)
        {
            return false;
        }
    }

    private async Task<IReadOnlyList<SwitchPortState>> AskAsync(SwitchRequest request, CancellationToken cancellationToken)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(AnswerLimit);
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(_controlSocket), deadline.Token);
            await using var stream = new NetworkStream(socket);
            await stream.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(request, SwitchRequest.Json), deadline.Token);
            await stream.WriteAsync("\n"u8.ToArray(), deadline.Token);
            using var reader = new StreamReader(stream);
            var line = await reader.ReadLineAsync(deadline.Token) ?? throw new LabException("the switch closed the connection");
            var answer = JsonSerializer.Deserialize<SwitchAnswer>(line, SwitchRequest.Json)!;
            return answer.Error is { } error ? throw new LabException(error) : answer.Ports;
        }
        catch (SocketException error)
        {
            throw new LabException($"the switch does not answer on {_controlSocket}: {error.Message}", error);
        }
        catch (OperationCanceledException error) when (!cancellationToken.IsCancellationRequested)
        {
            throw new LabException($"the switch did not answer within {AnswerLimit.TotalSeconds:0} s on {_controlSocket}", error);
        }
    }
}
