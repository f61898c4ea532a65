using XenVlan.Model;

namespace XenVlan.Paths.Filters;

/// <summary>What packet filters do with a frame.</summary>
/// <param name="Verdict">
/// <see cref="HopVerdict.Passes"/>, <see cref="HopVerdict.Drops"/>, or <see cref="HopVerdict.Unknown"/> where they may drop it.
/// </param>
/// <param name="Rule">The rule that drops it, or may; null where none does, or the rules could not be seen.</param>
internal readonly record struct FilterVerdict(HopVerdict Verdict, PacketFilterRule? Rule)
{
    /// <summary>They let it pass.</summary>
    public static FilterVerdict Passes { get; } = new(HopVerdict.Passes, null);
}

/// <summary>
/// Takes a frame through the rules of a chain, and of the chains those jump to, by every way that the rules which are not
/// wholly understood leave open.
/// </summary>
internal sealed class ChainEvaluator(IReadOnlyList<PacketFilterChain> chains, FilterContext crossing)
{
    // The kernel allows 16 (NFT_JUMP_STACK_SIZE in include/net/netfilter/nf_tables.h).
    private const int Deepest = 16;

    private readonly Dictionary<PacketFilterChain, Ends> _known = new(ReferenceEqualityComparer.Instance);
    private readonly HashSet<PacketFilterChain> _open = new(ReferenceEqualityComparer.Instance);

    /// <summary>What a chain that the kernel asks does with the frame.</summary>
    /// <returns>The verdict and the rule behind it.</returns>
    public FilterVerdict Of(PacketFilterChain chain)
    {
        var ends = Through(chain, 0);
        if (ends.Returns)
            ends = AtEnd(chain, ends with { Returns = false });
        return ends switch
        {
            { MayDrop: null } => FilterVerdict.Passes,
            { Accepts: false } => new FilterVerdict(HopVerdict.Drops, ends.Drops),
            _ => new FilterVerdict(HopVerdict.Unknown, ends.MayDrop),
        };
    }

    private static Ends AtEnd(PacketFilterChain chain, Ends ends) =>
        chain.Policy switch
        {
            PacketFilterAction.Drop => ends.Dropping(Policy(chain)),
            _ => ends with { Accepts = true },
        };

    private static PacketFilterRule Policy(PacketFilterChain chain) =>
        new()
        {
            Program = chain.Program,
            Family = chain.Family,
            Table = chain.Table,
            Chain = chain.Name,
            Text = "policy drop",
            IsPolicy = true,
            Action = PacketFilterAction.Drop,
        };

    private Ends Through(PacketFilterChain chain, int depth)
    {
        if (_known.TryGetValue(chain, out var known))
            return known;
        _ = _open.Add(chain);
        var ends = default(Ends);
        var goesOn = true;
        foreach (var rule in chain.Rules)
        {
            var matches = Matches(rule);
            if (matches is false)
                continue;
            bool leaves;
            (ends, leaves) = Apply(chain, rule, ends, depth);
            if (leaves && matches is true)
            {
                goesOn = false;
                break;
            }
        }

        if (goesOn)
        {
            // The end of a chain of one's own goes back to its caller; ebtables' chains have policies of their own.
            ends = depth > 0 && chain.Policy is not PacketFilterAction.Return ? AtEnd(chain, ends) : ends with { Returns = true };
        }

        _ = _open.Remove(chain);
        return _known[chain] = ends;
    }

    // What a rule that matches does, and whether nothing gets past it.
    private (Ends Ends, bool Leaves) Apply(PacketFilterChain chain, PacketFilterRule rule, Ends ends, int depth)
    {
        switch (rule.Action)
        {
            case PacketFilterAction.Accept:
                return (ends with { Accepts = true }, true);
            case PacketFilterAction.Return:
                return (ends with { Returns = true }, true);
            case PacketFilterAction.Drop:
                return (ends.Dropping(rule), true);
            case PacketFilterAction.Unknown:
                return (ends.Perhaps(rule), false);
            case PacketFilterAction.Jump or PacketFilterAction.Goto:
                // A target of an extension that is not known here may do anything. The kernel has no chains in a loop.
                if (depth == Deepest || Target(chain, rule) is not { } target || _open.Contains(target))
                    return (ends.Perhaps(rule), false);
                var called = Through(target, depth + 1);
                var isGoto = rule.Action is PacketFilterAction.Goto;
                return (ends.With(called, isGoto), isGoto || !called.Returns);
            default:
                return (ends, false);
        }
    }

    private PacketFilterChain? Target(PacketFilterChain chain, PacketFilterRule rule) =>
        chains.FirstOrDefault(c =>
            c.Name == rule.Target && c.Program == chain.Program && c.Family == chain.Family && c.Table == chain.Table
        );

    private bool? Matches(PacketFilterRule rule)
    {
        bool? all = true;
        foreach (var match in rule.Matches)
        {
            var holds = crossing.Holds(match);
            if (holds is false)
                return false;
            all = holds is null ? null : all;
        }

        return all;
    }

    /// <summary>How the frame may come out of a chain.</summary>
    /// <param name="Accepts">It may be accepted.</param>
    /// <param name="Returns">It may go back to the caller, or come to the policy.</param>
    /// <param name="MayDrop">The first rule that may drop it; null for none.</param>
    /// <param name="Drops">The last rule that may: what catches the rest, where nothing accepts.</param>
    private readonly record struct Ends(bool Accepts, bool Returns, PacketFilterRule? MayDrop, PacketFilterRule? Drops)
    {
        public Ends Dropping(PacketFilterRule rule) => this with { MayDrop = MayDrop ?? rule, Drops = rule };

        public Ends Perhaps(PacketFilterRule rule) => Dropping(rule) with { Accepts = true };

        public Ends With(Ends called, bool isGoto) =>
            new(Accepts || called.Accepts, Returns || (isGoto && called.Returns), MayDrop ?? called.MayDrop, called.Drops ?? Drops);
    }
}
