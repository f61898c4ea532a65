using System.Globalization;
using System.Text.RegularExpressions;
using XenVlan.Hosts;
using XenVlan.Model;

namespace XenVlan.Changes.Persistence.Files;

/// <summary>
/// Looks on a host for what else makes VLAN interfaces: boot scripts, units, udev rules, cron tables, and the hooks of network
/// managers and Xen. The host itself looks for the lines, so that their number and length are bounded, and the files never sent.
/// </summary>
public static partial class ScriptLinesReader
{
    private static readonly EmbeddedScript Script = EmbeddedScript.Load("script-lines.sh");

    /// <summary>Where it looks, as patterns of the shell.</summary>
    internal static IReadOnlyList<string> Patterns { get; } =
    [
        "/etc/rc.local",
        "/etc/rc.d/rc.local",
        "/etc/init.d/*",
        "/etc/rc.d/init.d/*",
        "/etc/rc.d/boot.local",
        "/etc/local.d/*.start",
        "/etc/systemd/system/*.service",
        "/etc/systemd/system/*.d/*.conf",
        "/usr/local/lib/systemd/system/*.service",
        "/etc/udev/rules.d/*.rules",
        "/etc/crontab",
        "/etc/cron.d/*",
        "/var/spool/cron/root",
        "/var/spool/cron/crontabs/root",
        "/var/spool/cron/tabs/root",
        "/etc/network/if-pre-up.d/*",
        "/etc/network/if-up.d/*",
        "/etc/network/if-down.d/*",
        "/etc/network/if-post-down.d/*",
        "/etc/NetworkManager/dispatcher.d/*",
        "/etc/NetworkManager/dispatcher.d/*.d/*",
        "/etc/networkd-dispatcher/*.d/*",
        "/sbin/ifup-local",
        "/sbin/ifup-pre-local",
        "/etc/xen/scripts/*",
        "/usr/local/sbin/*",
        "/usr/local/bin/*",
    ];

    /// <summary>Looks for the lines.</summary>
    /// <param name="connection">The host.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <returns>At most 500 lines, each of at most 400 bytes with its path and number; those that cannot be read are not there.</returns>
    /// <exception cref="XenVlanException">All errors of <see cref="IHostConnection.RunAsync"/>.</exception>
    public static Task<IReadOnlyList<ScriptLine>> ReadAsync(IHostConnection connection, CancellationToken cancellationToken) =>
        ReadAsync(connection, Patterns, cancellationToken);

    internal static async Task<IReadOnlyList<ScriptLine>> ReadAsync(
        IHostConnection connection,
        IEnumerable<string> patterns,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(connection);
        var script = ShellScript.ForHost().Set("xv_globs", string.Join(' ', patterns)).Add(Script);
        var result = await connection.RunAsync(script, ScriptOptions.Reading, cancellationToken).ConfigureAwait(false);
        return Parse(result.Output);
    }

    /// <summary>Reads what <c>grep -n</c> prints of several files.</summary>
    /// <returns>Those of files; others, such as those about binary files, left out.</returns>
    internal static IReadOnlyList<ScriptLine> Parse(string output) =>
        [
            .. output
                .Split('\n')
                .Select(l => Found().Match(l))
                .Where(m => m.Success && int.TryParse(m.Groups["number"].Value, NumberStyles.None, CultureInfo.InvariantCulture, out _))
                .Select(m => new ScriptLine(
                    m.Groups["path"].Value,
                    int.Parse(m.Groups["number"].Value, CultureInfo.InvariantCulture),
                    m.Groups["text"].Value.Trim()
                )),
        ];

    [GeneratedRegex(
        @"\A(?<path>/[^:]*):(?<number>[0-9]{1,9}):(?<text>.*)\z",
        RegexOptions.ExplicitCapture | RegexOptions.Singleline | RegexOptions.NonBacktracking
    )]
    private static partial Regex Found();
}

/// <summary>A line of a script or unit of a host that speaks of making VLAN interfaces.</summary>
/// <param name="Path">The file.</param>
/// <param name="Number">The line, from 1.</param>
/// <param name="Text">The line.</param>
public sealed record ScriptLine(string Path, int Number, string Text);
