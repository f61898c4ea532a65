using XenVlan.Hosts;
using XenVlan.Lab;
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

    private CheckHost(DiskLab lab) => _lab = lab;

    /// <summary>Brings the host up, with <c>frames</c> on it.</summary>
    /// <param name="name">The lab's name.</param>
    /// <param name="frames">The native <c>frames</c>.</param>
    /// <param name="progress">Told what is being done.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public static async Task<CheckHost> UpAsync(string name, string frames, IProgress<string> progress, CancellationToken cancellationToken)
    {
        var host = new CheckHost(await DiskLab.UpAsync(new DiskLabOptions { Name = name }, progress, cancellationToken));
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
    public IHostConnection Connect() => _connector.ConnectAnew(HostTarget.Parse(DiskLab.Alias), new SshSettings { ConfigFile = _lab.SshConfigPath });

    public async ValueTask DisposeAsync()
    {
        await _connector.DisposeAsync();
        await _lab.DisposeAsync();
    }

    private async Task PrepareAsync(string frames, CancellationToken cancellationToken)
    {
        await using var connection = Connect();
        var bytes = await File.ReadAllBytesAsync(frames, cancellationToken);
        var text = Convert.ToBase64String(bytes, Base64FormattingOptions.InsertLineBreaks);
        var script = $"base64 -d >{TopologyRun.FramesPath} <<'EOF' && chmod 755 {TopologyRun.FramesPath}\n{text}\nEOF\n{TopologyScript.Settings}";
        var result = await connection.RunAsync(new ShellScript().Add(script), ScriptOptions.Changing, cancellationToken);
        if (result.ExitStatus != 0)
            throw new LabException($"the host could not be prepared: {result.ErrorOutput.Trim()}");
    }
}
