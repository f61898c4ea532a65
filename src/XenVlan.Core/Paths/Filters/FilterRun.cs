using XenVlan.Model;

namespace XenVlan.Paths.Filters;

/// <summary>Takes a frame through the rules of a chain, and of the chains those jump to.</summary>
/// <param name="chains">All chains of the host.</param>
/// <param name="crossing">The frame.</param>
internal sealed class FilterRun(IReadOnlyList<PacketFilterChain> chains, FilterCrossing crossing)
{
    // The kernel allows 16 (NFT_JUMP_STACK_SIZE in include/net/netfilter/nf_tables.h).
    private const int Deepest = 16;

    // A rule that may drop it: one whose conditions are not all understood, or that comes after one that may have
    // let it pass.
    private PacketFilterRule? _mayDrop;
    private bool _mayHaveLeft;

    /// <summary>What a chain that the kernel asks does with the frame.</summary>
    /// <param name="chain">The chain.</param>
    /// <returns>The verdict and the rule behind it.</returns>
    public (HopVerdict Verdict, PacketFilterRule? Rule) Of(PacketFilterChain chain)
    {
        var (end, rule) = Through(chain, 0);
        if (end is PacketFilterAction.Return && chain.Policy is PacketFilterAction.Drop)
            (end, rule) = Drop(Policy(chain), isCertain: true);
        return (end, rule, _mayDrop) switch
        {
            (PacketFilterAction.Drop, not null, _) => (HopVerdict.Drops, rule),
            (_, _, not null) => (HopVerdict.Unknown, _mayDrop),
            _ => (HopVerdict.Passes, null),
        };
    }

    private static PacketFilterRule Policy(PacketFilterChain chain) => new()
    {
        Program = chain.Program,
        Family = chain.Family,
        Table = chain.Table,
        Chain = chain.Name,
        Text = "policy drop",
        IsPolicy = true,
        Action = PacketFilterAction.Drop,
    };

    private (PacketFilterAction End, PacketFilterRule? Rule) Through(PacketFilterChain chain, int depth)
    {
        foreach (var rule in chain.Rules)
        {
            var matches = Matches(rule);
            if (matches is false)
                continue;
            var isCertain = matches is true;
            switch (rule.Action)
            {
                case PacketFilterAction.Accept or PacketFilterAction.Return:
                    if (isCertain)
                        return (rule.Action, null);
                    _mayHaveLeft = true;
                    break;
                case PacketFilterAction.Drop:
                    if (Drop(rule, isCertain) is { End: not PacketFilterAction.Continue } end)
                        return end;
                    break;
                case PacketFilterAction.Unknown:
                    _mayDrop ??= rule;
                    break;
                case PacketFilterAction.Jump or PacketFilterAction.Goto:
                    if (Called(chain, rule, isCertain, depth) is { End: not PacketFilterAction.Continue } called)
                        return called;
                    break;
                default:
                    break;
            }
        }

        return depth == 0 ? (PacketFilterAction.Return, null) : (chain.Policy, chain.Policy is PacketFilterAction.Drop ? Policy(chain) : null);
    }

    private (PacketFilterAction End, PacketFilterRule? Rule) Called(PacketFilterChain chain, PacketFilterRule rule, bool isCertain, int depth)
    {
        var target = chains.FirstOrDefault(c =>
            string.Equals(c.Name, rule.Target, StringComparison.Ordinal)
            && string.Equals(c.Program, chain.Program, StringComparison.Ordinal)
            && string.Equals(c.Family, chain.Family, StringComparison.Ordinal)
            && string.Equals(c.Table, chain.Table, StringComparison.Ordinal));
        if (target is null || depth == Deepest)
        {
            // A target of an extension that is not known here.
            _mayDrop ??= rule;
            return (PacketFilterAction.Continue, null);
        }

        var before = _mayHaveLeft;
        if (!isCertain)
            _mayHaveLeft = true;
        var (end, dropping) = Through(target, depth + 1);
        if (!isCertain)
        {
            // It may not have been there at all, so nothing is decided; what may drop it is remembered.
            _mayHaveLeft = before || end is PacketFilterAction.Accept;
            return (PacketFilterAction.Continue, null);
        }

        return end switch
        {
            PacketFilterAction.Drop or PacketFilterAction.Accept => (end, dropping),
            _ when rule.Action is PacketFilterAction.Goto => (PacketFilterAction.Return, null),
            _ => (PacketFilterAction.Continue, null),
        };
    }

    // Continue where it is not certain.
    private (PacketFilterAction End, PacketFilterRule? Rule) Drop(PacketFilterRule rule, bool isCertain)
    {
        if (isCertain && !_mayHaveLeft)
            return (PacketFilterAction.Drop, rule);
        _mayDrop ??= rule;
        return isCertain ? (PacketFilterAction.Drop, null) : (PacketFilterAction.Continue, null);
    }

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
}
