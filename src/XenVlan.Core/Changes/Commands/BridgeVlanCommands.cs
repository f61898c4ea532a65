using XenVlan.Hosts;
using XenVlan.Model;

namespace XenVlan.Changes.Commands;

/// <summary>A command that changes VLANs of a port.</summary>
/// <param name="Description">What it does, in words.</param>
/// <param name="Do">The command.</param>
/// <param name="Undo">The command that undoes it.</param>
internal sealed record PortVlanCommand(string Description, ShellCommand Do, ShellCommand Undo);

/// <summary>The <c>bridge vlan</c> commands (bridge(8)) that lead from one set of a port's VLANs to another.</summary>
internal static class BridgeVlanCommands
{
    /// <summary>The commands between two states of a port.</summary>
    /// <param name="name">The port, or the bridge itself.</param>
    /// <param name="isBridge">Whether it is the bridge itself.</param>
    /// <param name="now">Its VLANs now.</param>
    /// <param name="wanted">Its VLANs afterwards.</param>
    /// <returns>
    /// What is added first, then what changes its flags, then what goes, so that no VLAN that stays is interrupted. The
    /// undos, run newest first from any step, lead back.
    /// </returns>
    public static IEnumerable<PortVlanCommand> Between(string name, bool isBridge, PortVlans now, PortVlans wanted)
    {
        var added = wanted.Allowed.Except(now.Allowed);
        var removed = now.Allowed.Except(wanted.Allowed);
        var kept = now.Allowed.Intersect(wanted.Allowed);
        var changed = VlanSet.Of(kept.Where(v => Flags(now, v) != Flags(wanted, v)));

        foreach (var (range, flags) in Runs(added, v => Flags(wanted, v)))
        {
            yield return new PortVlanCommand(
                $"allow VLAN {range} on {name}{flags.Words}",
                Add(name, isBridge, range, flags),
                WithPvidBack(Delete(name, isBridge, range), flags)
            );
        }

        foreach (var vlan in changed)
        {
            var range = new VlanRange(vlan, vlan);
            yield return new PortVlanCommand(
                $"allow VLAN {vlan} on {name}{Flags(wanted, vlan).WordsOr(" (tagged)")}",
                Add(name, isBridge, range, Flags(wanted, vlan)),
                WithPvidBack(Add(name, isBridge, range, Flags(now, vlan)), Flags(wanted, vlan))
            );
        }

        foreach (var (range, flags) in Runs(removed, v => Flags(now, v)))
            yield return new PortVlanCommand(
                $"remove VLAN {range} from {name}",
                Delete(name, isBridge, range),
                Add(name, isBridge, range, flags)
            );

        // The kernel takes the PVID from one VLAN when it is given to another, and does not give it back by itself.
        ShellCommand WithPvidBack(ShellCommand undo, VlanFlags done) =>
            done.Pvid && now.Pvid is { } pvid
                ? ShellCommand.All(undo, Add(name, isBridge, new VlanRange(pvid, pvid), Flags(now, pvid)))
                : undo;
    }

    /// <summary>The commands that give a port that has just joined its bridge the VLANs it had there before.</summary>
    /// <returns>The commands; none where the port's VLANs were not seen.</returns>
    public static IEnumerable<ShellCommand> RestoreOnNewPort(NetworkInterface? bridge, NetworkInterface port)
    {
        if (port.PortVlans is not { } vlans)
            return [];
        var fresh = bridge?.Bridge?.DefaultPvid is { } id ? PortVlans.Access(id) : PortVlans.Empty;
        return Between(port.Name, isBridge: false, fresh, vlans).Select(c => c.Do);
    }

    /// <summary>The command that lets a port pass VLANs, tagged.</summary>
    public static ShellCommand Allow(string port, VlanRange range) => Add(port, isBridge: false, range, default);

    /// <summary>The command that lets a bridge itself pass VLANs, tagged.</summary>
    public static ShellCommand AllowSelf(string bridge, VlanRange range) => Add(bridge, isBridge: true, range, default);

    private static VlanFlags Flags(PortVlans port, VlanId vlan) => new(port.Pvid == vlan, port.Untagged.Contains(vlan));

    private static ShellCommand Add(string name, bool isBridge, VlanRange range, VlanFlags flags)
    {
        var words = new List<object> { "bridge", "vlan", "add", "dev", name, "vid", range };
        if (flags.Pvid)
            words.Add("pvid");
        if (flags.Untagged)
            words.Add("untagged");
        if (isBridge)
            words.Add("self");
        return ShellCommand.Of(words);
    }

    private static ShellCommand Delete(string name, bool isBridge, VlanRange range) =>
        isBridge
            ? ShellCommand.Of("bridge", "vlan", "del", "dev", name, "vid", range, "self")
            : ShellCommand.Of("bridge", "vlan", "del", "dev", name, "vid", range);

    private static IEnumerable<(VlanRange Range, VlanFlags Flags)> Runs(VlanSet vlans, Func<VlanId, VlanFlags> flagsOf) =>
        vlans.GroupBy(flagsOf).SelectMany(group => VlanSet.Of(group).Ranges().Select(range => (range, group.Key)));

    private readonly record struct VlanFlags(bool Pvid, bool Untagged)
    {
        public string Words =>
            (Pvid, Untagged) switch
            {
                (true, true) => " (PVID, untagged)",
                (true, false) => " (PVID)",
                (false, true) => " (untagged)",
                _ => "",
            };

        public string WordsOr(string none) => Words is { Length: > 0 } words ? words : none;
    }
}
