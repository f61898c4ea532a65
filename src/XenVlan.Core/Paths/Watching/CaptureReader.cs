using System.Globalization;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using XenVlan.Model;
using XenVlan.Paths.Probing;

namespace XenVlan.Paths.Watching;

/// <summary>
/// Reads what <c>tcpdump -n -e -vv</c> prints of one interface, and picks out the probes of a signature. Forms of
/// versions 3.9 to 4.99 (<c>print-arp.c</c>, <c>print-icmp.c</c>, <c>print-icmp6.c</c>, <c>print-udp.c</c>).
/// </summary>
/// <param name="signature">What the probes are known by.</param>
internal sealed partial class CaptureReader(ProbeSignature signature)
{
    private readonly string _target = signature.Target.ToString();
    private readonly string? _source = signature.Source?.ToString();
    private readonly StringBuilder _frame = new();
    private readonly HashSet<PathProbeKind> _requests = [];
    private readonly HashSet<PathProbeKind> _answers = [];
    private IReadOnlyList<VlanTag>? _tags;
    private bool _hasBadChecksum;

    /// <summary>Takes a line.</summary>
    /// <param name="line">The line; those of one frame begin with white space after its first.</param>
    public void Add(string line)
    {
        if (line.Length > 0 && !char.IsWhiteSpace(line[0]))
            Flush();
        _ = _frame.Append(line).Append(' ');
    }

    /// <summary>What was seen.</summary>
    /// <returns>What was seen of all lines so far.</returns>
    public WatchedPlace Result(string host, string link)
    {
        Flush();
        return new WatchedPlace(host, link, Evidence.Capture)
        {
            Requests = _requests,
            Answers = _answers,
            Tags = _tags,
            HasBadChecksum = _hasBadChecksum,
        };
    }

    private void Flush()
    {
        var text = _frame.ToString();
        _ = _frame.Clear();
        if (text.Length == 0)
            return;
        if (Request(text) is { } request)
        {
            _ = _requests.Add(request);
            _tags = Tags(text);
            _hasBadChecksum |= request is PathProbeKind.Udp && text.Contains("bad udp cksum", StringComparison.Ordinal);
        }
        else if (Answer(text) is { } answer)
        {
            _ = _answers.Add(answer);
        }
    }

    private PathProbeKind? Request(string text)
    {
        if (WhoHas().Match(text) is { Success: true } asked)
            return IsTarget(asked.Groups["who"].Value) && IsSender(text, asked.Groups["tell"].Value) ? PathProbeKind.Arp : null;
        if (Solicitation().Match(text) is { Success: true } solicited)
            return IsTarget(solicited.Groups["who"].Value) && IsSourceMac(text) ? PathProbeKind.Arp : null;
        if (FromTo().Match(text) is not { Success: true } ends || !IsFromSource(ends.Groups["from"].Value))
            return null;
        if (IsTarget(ends.Groups["to"].Value))
            return text.Contains("echo request", StringComparison.Ordinal) ? Echo(text) : null;
        return IsPort(ends.Groups["to"].Value, ProbeScript.UdpPort) && HasLength(text) ? PathProbeKind.Udp
            : signature.TcpPort is { } port && IsPort(ends.Groups["to"].Value, port) ? PathProbeKind.Tcp
            : null;
    }

    private PathProbeKind? Answer(string text)
    {
        if (IsAt().Match(text) is { Success: true } told)
            return IsTarget(told.Groups["who"].Value) ? PathProbeKind.Arp : null;
        if (Advertisement().Match(text) is { Success: true } advertised)
            return IsTarget(advertised.Groups["who"].Value) ? PathProbeKind.Arp : null;
        if (FromTo().Match(text) is not { Success: true } ends)
            return null;
        if (
            signature.TcpPort is { } port
            && ends.Groups["from"]
                .Value.Equals($"{_target}.{port.ToString(CultureInfo.InvariantCulture)}", StringComparison.OrdinalIgnoreCase)
        )
            return PathProbeKind.Tcp;
        if (!IsTarget(ends.Groups["from"].Value) || !IsSource(ends.Groups["to"].Value))
            return null;
        if (text.Contains("echo reply", StringComparison.Ordinal))
            return Echo(text);
        return text.Contains($"udp port {ProbeScript.UdpPort.ToString(CultureInfo.InvariantCulture)}", StringComparison.Ordinal)
            ? PathProbeKind.Udp
            : null;
    }

    private PathProbeKind? Echo(string text)
    {
        var size =
            PayloadLength().Match(text) is { Success: true } six ? Number(six) + signature.HeaderSize
            : TotalLength().Match(text) is { Success: true } four ? Number(four)
            : 0;
        return size == 0 ? null
            : size == signature.SmallSize ? PathProbeKind.Ping
            : PathProbeKind.FullSizePing;
    }

    private bool HasLength(string text) => UdpLength().Match(text) is { Success: true } found && Number(found) == signature.UdpSize;

    // The kernel's own request names the sender; one that claims no address yet (RFC 5227) names none.
    private bool IsSender(string text, string tell) => IsSource(tell) || (tell == "0.0.0.0" && IsSourceMac(text));

    private bool IsSourceMac(string text) =>
        signature.SourceMac is not { } mac || text.Contains($" {mac} >", StringComparison.OrdinalIgnoreCase);

    // UDP and TCP have the port after the address.
    private bool IsFromSource(string end) =>
        IsSource(end) || (_source is not null && end.StartsWith(_source + ".", StringComparison.OrdinalIgnoreCase));

    private bool IsSource(string address) => _source is null || SameAddress(address, _source);

    private bool IsTarget(string address) => SameAddress(address, _target);

    private bool IsPort(string end, int port) =>
        end.Equals($"{_target}.{port.ToString(CultureInfo.InvariantCulture)}", StringComparison.OrdinalIgnoreCase);

    private static bool SameAddress(string text, string address) =>
        text.Equals(address, StringComparison.OrdinalIgnoreCase)
        || (
            text.Contains(':', StringComparison.Ordinal)
            && IPAddress.TryParse(text, out var parsed)
            && string.Equals(parsed.ToString(), address.Split('%')[0], StringComparison.OrdinalIgnoreCase)
        );

    private static List<VlanTag> Tags(string text)
    {
        var tags = new List<VlanTag>();
        foreach (Match match in Tag().Matches(text))
        {
            if (VlanId.TryParse(match.Groups["id"].Value, out var id))
                tags.Add(new VlanTag(id, match.Groups["kind"].Value is "802.1Q" ? VlanProtocol.Dot1Q : VlanProtocol.Dot1AD));
        }

        return tags;
    }

    private static int Number(Match match) => int.Parse(match.Groups["number"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture);

    [GeneratedRegex(
        @"who-has (?<who>[0-9.]+)( \([0-9A-Fa-f:]+\))? tell (?<tell>[0-9.]+)",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex WhoHas();

    [GeneratedRegex(@"[Rr]eply (?<who>[0-9.]+) is-at ", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex IsAt();

    [GeneratedRegex(
        @"neighbor solicitation.*? who has (?<who>[0-9A-Fa-f:.]+)",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Solicitation();

    [GeneratedRegex(
        @"neighbor advertisement.*? tgt is (?<who>[0-9A-Fa-f:.]+)",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Advertisement();

    [GeneratedRegex(
        @"\) +(?<from>[0-9A-Fa-f:.]+) > (?<to>[0-9A-Fa-f:.]+): ",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex FromTo();

    [GeneratedRegex(
        @"ethertype (?<kind>802\.1Q-QinQ|802\.1ad|802\.1Q)( \(0x[0-9a-f]{4}\))?,( length [0-9]{1,6}:)? vlan (?<id>[0-9]{1,4})",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Tag();

    [GeneratedRegex(@"payload length: (?<number>[0-9]{1,6})\)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex PayloadLength();

    [GeneratedRegex(
        @"proto:? ICMP \(1\), length:? (?<number>[0-9]{1,6})[,)]",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex TotalLength();

    [GeneratedRegex(@"UDP, length:? (?<number>[0-9]{1,6})", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex UdpLength();
}
