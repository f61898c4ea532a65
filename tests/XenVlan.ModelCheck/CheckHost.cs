using System.Globalization;
using XenVlan.Hosts;
using XenVlan.Lab;
using XenVlan.Model;
using XenVlan.ModelCheck.Topologies;
using XenVlan.ModelCheck.Truth;

namespace XenVlan.ModelCheck;

/// <summary>
/// The lab's host that topologies are built on: one with a disk, without Xen. It has the same kernel as the lab's Xen
/// hosts, and starts programs twice to three times as fast.
/// </summary>
internal sealed class CheckHost : IAsyncDisposable
{
    private readonly DiskLab _lab;
    private readonly HostConnector _connector = new();

    private readonly bool _keeps;

    private CheckHost(DiskLab lab, bool keeps)
    {
        _lab = lab;
        _keeps = keeps;
    }

    /// <summary>Brings the host up, with <c>frames</c> on it.</summary>
    /// <param name="name">The lab's name, by which it is left running; null for one of its own, which is taken down.</param>
    /// <param name="frames">The native <c>frames</c>.</param>
    /// <param name="progress">Told what is being done.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public static async Task<CheckHost> UpAsync(
        string? name,
        string frames,
        IProgress<string> progress,
        CancellationToken cancellationToken
    )
    {
        var own = "disk-model-check-" + Environment.ProcessId.ToString(CultureInfo.InvariantCulture);
        var host = new CheckHost(
            await DiskLab.UpAsync(new DiskLabOptions { Name = name ?? own }, progress, cancellationToken),
            keeps: name is not null
        );
        try
        {
            await host.PrepareAsync(frames, cancellationToken);
            return host;
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    /// <summary>A connection of its own.</summary>
    public IHostConnection Connect() =>
        _connector.OpenNewConnection(HostTarget.Parse(DiskLab.Alias), new SshSettings { ConfigFile = _lab.SshConfigPath });

    public async ValueTask DisposeAsync()
    {
        await _connector.DisposeAsync();
        if (!_keeps)
            await _lab.DisposeAsync();
    }

    private async Task PrepareAsync(string frames, CancellationToken cancellationToken)
    {
        await using var connection = Connect();
        var bytes = await File.ReadAllBytesAsync(frames, cancellationToken);
        var lines = Convert.ToBase64String(bytes).Chunk(76).Select(l => new string(l));
        var script =
            $"set -e\nbase64 -d >{TopologyRun.FramesPath} <<'EOF'\n{string.Join('\n', lines)}\nEOF\nchmod 755 "
            + $"{TopologyRun.FramesPath}\n{TopologyScript.Settings}for ns in /run/netns/w*; do [ ! -e $ns ] || ip netns del "
            + $"${{ns##*/}}; done\n";
        var result = await connection.RunAsync(
            new ShellScript().Add(ShellCommand.Of("eval", script)),
            ScriptOptions.Changing,
            cancellationToken
        );
        if (result.ExitStatus != 0)
            throw new LabException($"the host could not be prepared: {result.ErrorOutput.Trim()}");
    }
}
