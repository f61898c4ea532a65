using System.Net.Sockets;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace XenVlan.Lab.Running;

/// <summary>Talks to QEMU over its machine protocol, one command at a time.</summary>
internal sealed class QmpClient : IAsyncDisposable
{
    private static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(20);

    private readonly NetworkStream _stream;
    private readonly StreamReader _reader;

    private QmpClient(NetworkStream stream)
    {
        _stream = stream;
        _reader = new StreamReader(stream);
    }

    public static async Task<QmpClient> ConnectAsync(string socketPath, CancellationToken cancellationToken)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(socketPath), cancellationToken);
        }
        catch
        {
            socket.Dispose();
            throw;
        }

        var client = new QmpClient(new NetworkStream(socket, ownsSocket: true));
        await client.ExecuteAsync("qmp_capabilities", null, cancellationToken);
        return client;
    }

    public async Task<JsonNode?> ExecuteAsync(string command, JsonObject? arguments, CancellationToken cancellationToken)
    {
        var request = new JsonObject { ["execute"] = command };
        if (arguments is not null)
        {
            request["arguments"] = arguments;
        }

        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(AnswerLimit);
        try
        {
            await _stream.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(request), deadline.Token);
            while (await _reader.ReadLineAsync(deadline.Token) is { } line)
            {
                // Greetings and events come in between; they are not answers.
                var answer = JsonNode.Parse(line)!.AsObject();
                if (answer["error"] is { } error)
                {
                    throw new LabException($"QEMU refused {command}: {error["desc"]}");
                }

                if (answer.TryGetPropertyValue("return", out var value))
                {
                    return value;
                }
            }
        }
        catch (OperationCanceledException error) when (!cancellationToken.IsCancellationRequested)
        {
            throw new LabException($"QEMU did not answer {command} within {AnswerLimit.TotalSeconds:0} s", error);
        }

        throw new LabException($"QEMU ended while {command} was under way");
    }

    public async ValueTask DisposeAsync()
    {
        _reader.Dispose();
        await _stream.DisposeAsync();
    }
}
