namespace XenVlan.Model;

/// <summary>Whether a VLAN gets from one place to another, and what was seen of it.</summary>
public sealed record XenVlanPathResult : XenObject
{
    private readonly Message? _howToFix;

    /// <summary>The host the probes were sent from.</summary>
    public override string HostName { get; internal init; } = "";

    /// <summary>What the path is for, where a document says so.</summary>
    public string? Title { get; internal init; }

    /// <summary>Where it begins: host and interface.</summary>
    public string Source { get; internal init; } = "";

    /// <summary>Where it ends: host, interface and address, as far as known.</summary>
    public string Target { get; internal init; } = "";

    /// <summary>The VLAN at the source; null for untagged.</summary>
    public int? VlanId { get; internal init; }

    /// <summary>The TCP port at the target that is meant, 1 to 65535; null when the path is not about a service.</summary>
    public int? TcpPort { get; internal init; }

    /// <summary>
    /// Whether packets arrive and are answered: as observed, or as predicted where none was sent; null where that is not
    /// known. ARP alone is no packet.
    /// </summary>
    public bool? Reachable { get; internal init; }

    /// <summary>
    /// Whether it is proved that nothing arrives, not even ARP; false where something does, and null where neither is known.
    /// Both this and <see cref="Reachable"/> are false where ARP passes and packets are lost.
    /// </summary>
    public bool? Isolated { get; internal init; }

    /// <summary>The two in a word.</summary>
    public PathOutcome Outcome =>
        (Reachable, Isolated) switch
        {
            (true, _) => Reason
                is PathReason.None
                    or PathReason.NotListening
                    or PathReason.NotIsolated
                    or PathReason.NotChecked
                    or PathReason.NotKnown
                    or PathReason.DuplicateAddress
                    or PathReason.DuplicateMac
                ? PathOutcome.Reachable
                : PathOutcome.PacketsLost,
            (_, true) => PathOutcome.Isolated,
            (false, false) => PathOutcome.PacketsLost,
            (false, null) => PathOutcome.NotReachable,
            (null, false) => PathOutcome.NotIsolated,
            _ => PathOutcome.NotKnown,
        };

    /// <summary>What was expected.</summary>
    public PathExpectation Expected { get; internal init; }

    /// <summary>Whether the expectation is met; null when nothing was expected.</summary>
    public bool? AsExpected { get; internal init; }

    /// <summary>The largest packet that was seen to pass, in bytes; null when none was sent or none passed.</summary>
    public int? Mtu { get; internal init; }

    /// <summary>The probes sent.</summary>
    public IReadOnlyList<PathProbe> Probes { get; internal init; } = [];

    /// <summary>The way of a frame from source to target.</summary>
    public IReadOnlyList<PathHop> Hops { get; internal init; } = [];

    /// <summary>The way of the answer, from target to source; empty where nothing is known of it.</summary>
    public IReadOnlyList<PathHop> AnswerHops { get; internal init; } = [];

    /// <summary>Hosts whose hops could not be watched, and why; empty where none was to be.</summary>
    public IReadOnlyDictionary<string, string> NotWatched { get; internal init; } = new Dictionary<string, string>();

    /// <summary>Where the frame ends, where it does not arrive.</summary>
    public string? LostAt { get; internal init; }

    /// <summary>The last place where the frame was seen, by captures or counters; null where none was made or none saw it.</summary>
    public string? LastSeenAt { get; internal init; }

    /// <summary>The first place on the way after <see cref="LastSeenAt"/> where it was not seen.</summary>
    public string? FirstMissedAt { get; internal init; }

    /// <summary>Why.</summary>
    public PathReason Reason { get; internal init; }

    /// <summary>The same in a sentence or two.</summary>
    public string Explanation { get; internal init; } = "";

    /// <summary>What would mend it, in words; null where nothing is to be fixed or nothing is known.</summary>
    public string? Fix { get; internal init; }

    /// <summary>What would mend it, as data: all of <see cref="Fix"/> that can be typed.</summary>
    public IReadOnlyList<Remedy> Remedies { get; private init; } = [];

    /// <summary>Sets <see cref="Fix"/> and <see cref="Remedies"/>.</summary>
    internal Message? HowToFix
    {
        get => _howToFix;
        init
        {
            _howToFix = value;
            Fix = value?.ToString();
            Remedies = value?.Remedies ?? [];
        }
    }

    /// <summary>Whether prediction and observation are the same; null when one of them is missing.</summary>
    public bool? PredictionAgrees { get; internal init; }

    /// <summary>The same, with how its host was reached.</summary>
    /// <param name="settings">How.</param>
    /// <returns>The result.</returns>
    public XenVlanPathResult ReachedBy(SshSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return this with { Ssh = settings.IfSaid };
    }

    /// <summary>The result with its fix in the words of a face.</summary>
    /// <param name="wording">The face's words.</param>
    /// <returns>The result.</returns>
    public XenVlanPathResult Worded(IWording wording) => _howToFix is null ? this : this with { Fix = _howToFix.ToString(wording) };
}

/// <summary>What a path is found to be, in a word.</summary>
public enum PathOutcome
{
    /// <summary>It is not known whether anything arrives.</summary>
    NotKnown,

    /// <summary>Packets arrive and are answered.</summary>
    Reachable,

    /// <summary>Something arrives, but packets, or some of them, are lost.</summary>
    PacketsLost,

    /// <summary>Nothing answers; that nothing arrives is not proved.</summary>
    NotReachable,

    /// <summary>Something arrives; whether packets do is not known.</summary>
    NotIsolated,

    /// <summary>Nothing arrives, and that is proved.</summary>
    Isolated,
}

/// <summary>What a path is expected to be.</summary>
public enum PathExpectation
{
    /// <summary>Nothing is expected; the result is only shown.</summary>
    None,

    /// <summary>Frames must arrive and be answered.</summary>
    Reachable,

    /// <summary>Nothing may arrive or be answered.</summary>
    Isolated,
}

/// <summary>One hop of a frame's way.</summary>
public sealed record PathHop
{
    /// <summary>The host it is on; empty on a wire, which is on none.</summary>
    public required string HostName { get; init; }

    /// <summary>The interface; the wire's two ends between hosts.</summary>
    public required string Interface { get; init; }

    /// <summary>What happens there, with its details.</summary>
    public required HopEvent Event { get; init; }

    /// <summary>The same in words.</summary>
    public string Action => HopText.Of(this);

    /// <summary>Which way the frame goes there.</summary>
    public PathDirection Direction { get; init; }

    /// <summary>Whether it is a wire between hosts.</summary>
    public bool IsWire => Direction is PathDirection.Across;

    /// <summary>The frame's tags there, outermost first; empty when it has none.</summary>
    public IReadOnlyList<VlanTag> Tags { get; init; } = [];

    /// <summary>
    /// The largest packet that passes there, in bytes without Ethernet header and tags; null where nothing that was read
    /// limits it.
    /// </summary>
    public int? Mtu { get; init; }

    /// <summary>What becomes of the frame.</summary>
    public HopVerdict Verdict { get; init; }

    /// <summary>Why it ends, where it does, or may.</summary>
    public PathReason Reason { get; init; }

    /// <summary>The rule of a packet filter that drops it there, or may; null where none does.</summary>
    public PacketFilterRule? Rule =>
        Event switch
        {
            Filtered it => it.Rule,
            MayBeFiltered it => it.Rule,
            _ => null,
        };

    /// <summary>Whether a capture saw the frame there; null where none was made.</summary>
    public bool? Seen { get; init; }

    /// <summary>The hop in a line.</summary>
    /// <returns>Such as <c>a/eth1 [10] leaves the machine</c>.</returns>
    public override string ToString() =>
        $"{(IsWire ? "" : $"{HostName}/")}{Interface}{(Tags.Count == 0 ? "" : $" [{string.Join(' ', Tags)}]")} {Action}";
}

/// <summary>Which way a frame goes at a hop.</summary>
public enum PathDirection
{
    /// <summary>The interface sends it.</summary>
    Out,

    /// <summary>The interface receives it.</summary>
    In,

    /// <summary>It is on a wire between hosts.</summary>
    Across,
}

/// <summary>What happens to a frame at a hop.</summary>
public enum HopVerdict
{
    /// <summary>It goes on.</summary>
    Passes,

    /// <summary>It ends here.</summary>
    Drops,

    /// <summary>It arrives.</summary>
    Delivers,

    /// <summary>Nothing that was read tells.</summary>
    Unknown,
}

/// <summary>One probe of a path.</summary>
/// <param name="Kind">What was sent.</param>
/// <param name="Outcome">What came of it.</param>
/// <param name="Detail">More about it: the answering address, the packet's size, why it was not sent.</param>
public sealed record PathProbe(PathProbeKind Kind, ProbeOutcome Outcome, string Detail)
{
    /// <summary>The probe in a line.</summary>
    /// <returns>Such as <c>FullSizePing Answered (1500 bytes)</c>.</returns>
    public override string ToString() => Detail.Length == 0 ? $"{Kind} {Outcome}" : $"{Kind} {Outcome} ({Detail})";
}

/// <summary>What is sent to find out whether a path works.</summary>
public enum PathProbeKind
{
    /// <summary>An ARP request (RFC 826), the first thing any two IPv4 neighbours exchange; for IPv6, neighbour discovery (RFC
    /// 4861).</summary>
    Arp,

    /// <summary>A small ICMP echo.</summary>
    Ping,

    /// <summary>An ICMP echo of the full packet size that must not be fragmented.</summary>
    FullSizePing,

    /// <summary>
    /// A UDP datagram to a port nobody listens on. The receiver's kernel checks the checksum before it answers "port
    /// unreachable" (<c>__udp4_lib_rcv</c> in <c>net/ipv4/udp.c</c>), so an answer proves that checksums arrive whole.
    /// </summary>
    Udp,

    /// <summary>A TCP connection to a port.</summary>
    Tcp,

    /// <summary>The same datagram from the other end to this one; needs a host at the other end that can be reached.</summary>
    UdpBack,
}

/// <summary>What came of a probe.</summary>
public enum ProbeOutcome
{
    /// <summary>It was not sent; the probe says why.</summary>
    NotChecked,

    /// <summary>It was answered.</summary>
    Answered,

    /// <summary>It was not answered.</summary>
    Unanswered,

    /// <summary>The other side answered that nobody listens there (TCP only).</summary>
    Refused,
}
