using Shouldly;
using XenVlan.Model;
using XenVlan.Model.Json;

namespace XenVlan.Lab.Tests;

/// <summary>All that a snapshot says of a host, but for what changes by itself.</summary>
internal static class HostState
{
    /// <summary>
    /// A script that tells how the network of a host is, but for what changes by itself. On an emulated host it takes a
    /// fraction of a second, and reading all of the host several.
    /// </summary>
    public const string Network =
        """
        {
            ip -d -o link show | sed -E 's/^[0-9]+: //; s/[a-z_]+_timer +[0-9.]+//g; / bridge forward_delay /s/link.ether [^ ]+//; s/(bridge_id|designated_(root|bridge)) [^ ]+//g' | sort
            ip -o address show | grep -v ' scope link ' | sed -E 's/^[0-9]+: //' | sort
            ip route show
            bridge vlan show
            ethtool -k '*'
            if [ -d /sys/module/nf_tables ]; then nft list ruleset; fi
            if [ -d /sys/module/ebtable_filter ]; then ebtables-legacy -L | grep '^-'; fi
        } 2>/dev/null
        """;

    private const int Shown = 20;

    public static string Of(HostSnapshot snapshot) => XenVlanJson.SerializeSnapshot(snapshot with
    {
        TakenAt = DateTimeOffset.UnixEpoch,
        Interfaces = [.. snapshot.Interfaces.Select(i => i with { Counters = null })],
    });

    /// <summary>
    /// A script that tells of all files in directories what they are and hold, a line each. It starts few programs: that
    /// is what takes the time on an emulated host.
    /// </summary>
    public static string FilesOf(string directories) =>
        $"{{ find {directories} ! -type d -printf '%M %n %U %G %s %p %l\\n'; find {directories} -type f -exec md5sum {{}} +; }} 2>/dev/null | sort";

    /// <summary>Fails with the lines that differ, of states that have hundreds.</summary>
    public static void ShouldBeState(this string after, string before)
    {
        if (string.Equals(after, before, StringComparison.Ordinal))
            return;
        var (was, now) = (before.Split('\n'), after.Split('\n'));
        var first = was.Zip(now).TakeWhile(p => string.Equals(p.First, p.Second, StringComparison.Ordinal)).Count();
        throw new ShouldAssertException(
            $"The host is not as it was, from line {first + 1} on.\nwas:\n{Lines(was, first)}\nis:\n{Lines(now, first)}\ngone:\n{Lines(Only(was, now), 0)}\nnew:\n{Lines(Only(now, was), 0)}");
    }

    private static string[] Only(string[] these, string[] others) => [.. these.Except(others, StringComparer.Ordinal)];

    private static string Lines(string[] lines, int first) => string.Join('\n', lines.Skip(first).Take(Shown));
}
