using System.Globalization;
using XenVlan.Discovery;
using XenVlan.Hosts;
using XenVlan.Lab;
using XenVlan.Model;

namespace XenVlan.UndoCheck;

/// <summary>
/// A network namespace that is a host to XenVlan: with a <c>/run</c>, a <c>/var/lib</c> and a <c>/sys</c> of its own, so that several
/// transactions can be carried out side by side on one host of the lab.
/// </summary>
internal sealed class HostSpace : IHostConnection
{
    // An emulated host on a busy machine is slow.
    private static readonly ScriptOptions Patient = new() { Timeout = TimeSpan.FromMinutes(5) };

    private readonly IHostConnection _host;
    private readonly string _holder;

    private HostSpace(IHostConnection host, string holder)
    {
        _host = host;
        _holder = holder;
    }

    /// <inheritdoc/>
    public HostTarget Target => _host.Target;

    /// <summary>Makes one.</summary>
    /// <param name="host">The host it is made on.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public static async Task<HostSpace> MakeAsync(IHostConnection host, CancellationToken cancellationToken)
    {
        const string Script = """
            modprobe -a bridge 8021q bonding veth dummy
            set -e
            unshare -n -m --propagation private sh -c '
                mount -t tmpfs tmpfs /run && mount -t tmpfs tmpfs /var/lib && mount -t sysfs sysfs /sys &&
                echo 0 >/proc/sys/net/ipv6/conf/default/accept_dad && ip link set lo up && : >/run/ready &&
                exec sleep 3600' </dev/null >/dev/null 2>&1 &
            n=0
            while [ ! -e /proc/$!/root/run/ready ] && [ $n -lt 100 ]; do n=$((n + 1)); sleep 0.1; done
            echo "holder $!"
            """;
        var result = await host.RunAsync(new ShellScript().Add(Script), Patient, cancellationToken);
        var holder = result.Output.Split('\n').FirstOrDefault(l => l.StartsWith("holder ", StringComparison.Ordinal))?[7..].Trim();
        return int.TryParse(holder, CultureInfo.InvariantCulture, out _)
            ? new HostSpace(host, holder!)
            : throw new LabException($"a namespace could not be made: {result.ErrorOutput.Trim()}");
    }

    /// <inheritdoc/>
    public Task<ScriptResult> RunAsync(ShellScript script, ScriptOptions options, CancellationToken cancellationToken) =>
        _host.RunAsync(
            new ShellScript().Add(
                ShellCommand.Of("eval", $"nsenter -t {_holder} -n -m sh <<'XENVLAN_SPACE_END'\n{script}\nXENVLAN_SPACE_END\n")
            ),
            Patient,
            cancellationToken
        );

    /// <summary>Runs a script.</summary>
    /// <param name="script">The script.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public Task<ScriptResult> RunAsync(string script, CancellationToken cancellationToken) =>
        RunAsync(new ShellScript().Add(ShellCommand.Of("eval", script)), Patient, cancellationToken);

    /// <summary>Reads it as XenVlan reads hosts.</summary>
    /// <param name="cancellationToken">Stops it.</param>
    public Task<HostSnapshot> ReadAsync(CancellationToken cancellationToken) => HostReader.ReadAsync(this, cancellationToken);

    /// <summary>Removes it, with all that is in it.</summary>
    public async ValueTask DisposeAsync() =>
        _ = await _host.RunAsync(
            new ShellScript().Add(
                ShellCommand.Of(
                    "eval",
                    $"for p in /proc/[0-9]*; do if [ /proc/{_holder}/ns/net -ef $p/ns/net ] && [ ${{p##*/}} != {_holder} ]; then kill -9 "
                        + $"${{p##*/}}; fi; done; kill -9 {_holder}"
                )
            ),
            Patient,
            CancellationToken.None
        );
}
