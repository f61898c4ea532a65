using System.Text.RegularExpressions;
using Shouldly;
using XenVlan.Model;
using XenVlan.Model.Json;
using XenVlan.UndoCheck;

namespace XenVlan.Lab.Tests;

/// <summary>All that a snapshot says of a host, but for what changes by itself.</summary>
internal static partial class HostState
{
    /// <summary>
    /// A script that tells how the network of a host is. It starts few programs: that is what takes the time on an emulated
    /// host, where reading all of it takes several seconds.
    /// </summary>
    public const string Network = """
        {
            ip -d -o link show
            ip -o address show
            ip route show
            bridge vlan show
            ethtool -k '*'
            if [ -d /sys/module/nf_tables ]; then nft list ruleset; fi
            if [ -d /sys/module/ebtable_filter ]; then ebtables-legacy -L; fi
        } 2>/dev/null
        """;

    private const int Shown = 20;

    public static string Of(HostSnapshot snapshot) =>
        XenVlanJson.SerializeSnapshot(
            snapshot with
            {
                TakenAt = DateTimeOffset.UnixEpoch,
                Interfaces = [.. snapshot.Interfaces.Select(i => i with { Counters = null, Bridge = RawState.WithoutListeners(i.Bridge) })],
            }
        );

    /// <summary>
    /// What <see cref="Network"/> told, but for what changes by itself: the numbers of interfaces and so their order, timers,
    /// the queue that a link keeps once it was up, the address of a bridge, which takes that of one of its ports, and what
    /// ebtables says of tables without a rule.
    /// </summary>
    public static string NetworkOf(string told)
    {
        var lines = told.Split('\n')
            .Where(l =>
                l.Length > 0 && !l.Contains(" scope link ", StringComparison.Ordinal) && !l.StartsWith("Bridge ", StringComparison.Ordinal)
            )
            .ToLookup(l => Numbered().IsMatch(l));
        return string.Join('\n', lines[true].Select(WithoutWhatChanges).Order(StringComparer.Ordinal).Concat(lines[false]));
    }

    /// <summary>
    /// A script that tells of all files in directories what they are and hold, a line each. It starts few programs: that
    /// is what takes the time on an emulated host.
    /// </summary>
    public static string FilesOf(string directories) =>
        $"{{ find {directories} ! -type d -printf '%M %n %U %G %s %p %l\\n'; find {directories} -type f -exec md5sum {{}} +; }} "
        + $"2>/dev/null | sort";

    /// <summary>Fails with the lines that differ, of states that have hundreds.</summary>
    public static void ShouldBeState(this string after, string before)
    {
        if (after == before)
            return;
        var (was, now) = (before.Split('\n'), after.Split('\n'));
        var first = was.Zip(now).TakeWhile(p => p.First == p.Second).Count();
        throw new ShouldAssertException(
            $"The host is not as it was, from line {first + 1} "
                + $"on.\nwas:\n{Lines(was, first)}\nis:\n{Lines(now, first)}\n"
                + $"gone:\n{Lines(Only(was, now), 0)}\nnew:\n{Lines(Only(now, was), 0)}"
        );
    }

    private static string WithoutWhatChanges(string line)
    {
        var rest = ByItself().Replace(Numbered().Replace(line, ""), "");
        return rest.Contains(" bridge forward_delay ", StringComparison.Ordinal) ? Address().Replace(rest, "") : rest;
    }

    [GeneratedRegex("^[0-9]+: ", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Numbered();

    [GeneratedRegex(
        "[a-z_]+_timer +[0-9.]+|qdisc [^ ]+|(bridge_id|designated_(root|bridge)) [^ ]+",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex ByItself();

    [GeneratedRegex("link.ether [^ ]+", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Address();

    private static string[] Only(string[] these, string[] others) => [.. these.Except(others, StringComparer.Ordinal)];

    private static string Lines(string[] lines, int first) => string.Join('\n', lines.Skip(first).Take(Shown));
}
