using System.Collections.Concurrent;
using System.Globalization;
using XenVlan.Discovery;
using XenVlan.Hosts;
using XenVlan.Model;
using Xunit;

namespace XenVlan.Lab.Tests;

/// <summary>One lab for all tests that need it, brought up by the first of them and taken down at the end.</summary>
public sealed class LabFixture : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, string> _clean = new(StringComparer.Ordinal);
    private readonly LabOptions _options;

    public LabFixture()
        : this("tests") { }

    internal LabFixture(string name) =>
        _options = new() { Name = $"{name}-{Environment.ProcessId.ToString(CultureInfo.InvariantCulture)}" };

    public XenLab Lab { get; private set; } = null!;

    public SshSettings Ssh => new() { ConfigFile = Lab.SshConfigPath };

    public async ValueTask StartAsync() =>
        Lab ??= await XenLab.UpAsync(_options, new Progress<string>(Console.Error.WriteLine), TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        if (Lab is not null)
            await Lab.DisposeAsync();
    }

    public SnapshotStore NewStore(HostConnector connector) => new(connector, Ssh);

    /// <summary>Looks at a host before the first test that changes it.</summary>
    public async Task NoteCleanAsync(string host)
    {
        if (!_clean.ContainsKey(host))
            _clean[host] = await NetworkAsync(host, "");
    }

    /// <summary>Undoes what was done to hosts, and tells of which the network is not as it was before any test.</summary>
    public async Task<IEnumerable<string>> NotCleanAfterAsync(IEnumerable<(string Host, string Undo)> done)
    {
        var seen = await Task.WhenAll(done.Select(async d => (d.Host, IsClean: await IsCleanAfterAsync(d.Host, d.Undo))));
        return seen.Where(s => !s.IsClean).Select(s => s.Host);
    }

    /// <summary>Reads a host.</summary>
    public async Task<HostSnapshot> ReadAsync(string host)
    {
        await using var connector = new HostConnector();
        await using var connection = connector.Connect(HostTarget.Parse(host), Ssh);
        return await HostReader.ReadAsync(connection, TestContext.Current.CancellationToken);
    }

    /// <summary>Runs a script on a host as its root, and fails the test when it fails.</summary>
    public async Task<string> RunAsync(string host, string script)
    {
        var result = await Lab.RunAsync(host, script, TestContext.Current.CancellationToken);
        return result.EnsureSuccess();
    }

    private async Task<bool> IsCleanAfterAsync(string host, string undo) =>
        await NetworkAsync(host, undo) == _clean[host]
        // The kernel takes up to a second to tell of a link that went up or down.
        || await NetworkAsync(host, "sleep 1") == _clean[host];

    // Whatever comes of the script.
    private async Task<string> NetworkAsync(string host, string script) =>
        HostState.NetworkOf(
            (await Lab.RunAsync(host, $"{{ :\n{script}\n}} >/dev/null 2>&1\n{HostState.Network}", CancellationToken.None)).StandardOutput
        );
}
