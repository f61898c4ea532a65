using XenVlan.Discovery.Filters;
using XenVlan.Hosts;
using XenVlan.Model;

namespace XenVlan.Paths.Filters;

/// <summary>Says how a rule of a packet filter is taken out.</summary>
internal static class FilterFix
{
    /// <summary>The command that deletes a rule, or lets the end of a chain accept.</summary>
    /// <param name="rule">The rule.</param>
    /// <returns>The command, every word of the rule quoted anew.</returns>
    public static ShellCommand Delete(PacketFilterRule rule) => (rule.Program, rule.IsPolicy) switch
    {
        ("nft", true) => ShellCommand.Of("nft", $"chain {rule.Family} {rule.Table} {rule.Chain} {{ policy accept; }}"),
        ("nft", false) when rule.Handle is { } handle => ShellCommand.Of("nft", "delete", "rule", rule.Family, rule.Table, rule.Chain, "handle", handle),
        ("nft", false) => ShellCommand.Of("nft", "-a", "list", "chain", rule.Family, rule.Table, rule.Chain),
        (_, true) => ShellCommand.Of(rule.Program, "-t", rule.Table, "-P", rule.Chain, "ACCEPT"),
        _ => ShellCommand.Of([rule.Program, "-t", rule.Table, "-D", rule.Chain, .. RuleWords.Split(rule.Text)]),
    };
}
