using XenVlan.Hosts;
using XenVlan.Model;
using XenVlan.Paths.Forwarding;
using XenVlan.Paths.Watching;

namespace XenVlan.Paths.Diagnosis;

/// <summary>
/// Finds bonds whose mode needs something of the switch that it may not give, where frames are lost and nothing else tells why
/// (the kernel's <c>Documentation/networking/bonding.rst</c>).
/// </summary>
internal static class BondModeDiagnosis
{
    /// <summary>What is more to the point than a finding which only says where frames were seen last, or is only supposed.</summary>
    /// <param name="path">The path.</param>
    /// <param name="found">What was found.</param>
    /// <param name="seen">What was seen on the hops; null where nothing was watched.</param>
    /// <returns>The finding; null where no such bond is on the way, or something else is known to stop frames.</returns>
    public static PathDiagnosis? Instead(PathUnderTest path, PathDiagnosis found, WatchReport? seen)
    {
        if (path.Small is not { } prediction)
            return null;
        var obstacle = prediction.Forward.Obstacle ?? prediction.Back.Obstacle;
        var isOpen = found.Reason switch
        {
            PathReason.LostOnWire or PathReason.LostInHost or PathReason.NoAnswer => obstacle is null,
            PathReason.InactiveSlave => true,
            PathReason.AnswerLost when obstacle is { Reason: PathReason.InactiveSlave } => true,

            // An end that sends no answer is silent for a reason of its own.
            PathReason.AnswerLost => obstacle is null
                && seen is not null
                && PathTrace.OfAnswers(prediction.Back.Hops, seen, null).LastSeen is not null,
            _ => found.IsSupposed && obstacle is null,
        };
        return isOpen ? Find(path, prediction) : null;
    }

    private static PathDiagnosis? Find(PathUnderTest path, PathPrediction prediction)
    {
        foreach (var hop in prediction.Forward.Hops.Concat(prediction.Back.Hops))
        {
            if (BondOf(path.Network.Find(hop.HostName, hop.Interface)) is { Interface.Bond: { } bond } point && Why(point, bond) is { } why)
                return new PathDiagnosis(
                    PathReason.BondMode,
                    point.ToString(),
                    $"Frames are lost, and {point} is a bond of {Slaves(bond)} in mode {bond.Mode}: {why}",
                    Fix(point, bond)
                );
        }

        return null;
    }

    private static InterfaceRef? BondOf(InterfaceRef? point) =>
        point switch
        {
            null or { Interface.Bond: not null } => point,
            { Interface.Master: { } master } when point.Host.FindInterface(master) is { Bond: not null } bond => point with
            {
                Interface = bond,
            },
            _ => null,
        };

    private static string? Why(InterfaceRef point, BondDetails bond)
    {
        // With one way out none of this can happen.
        var working = bond.Slaves.Select(point.Host.FindInterface).Count(s => s is { IsUp: true, HasCarrier: true });
        if (working < 2)
            return null;
        return bond.Mode switch
        {
            BondDetails.Lacp when bond.HasLacpPartner is false =>
                "no switch answers its LACP, so it uses one slave and drops what the switch sends to the others.",
            "balance-rr" or "balance-xor" or "broadcast" =>
                "the switch ports must be one link aggregation. On ports that are not, what is sent to all by one slave comes back by "
                    + "the other, the bridge looks for the sender there, and its answers are lost.",
            "balance-tlb" or "balance-alb" =>
                "it sends by several slaves, each with its own Ethernet address in place of that of a domain on the bridge, so that "
                    + "answers go to an address nobody has.",
            _ => null,
        };
    }

    // The mode can be set while the bond is down and has no slaves (bond_opts in drivers/net/bonding/bond_options.c), a slave taken in
    // while it is down.
    private static Message Fix(InterfaceRef point, BondDetails bond)
    {
        var name = point.Interface.Name;
        List<ShellCommand> commands = [];
        commands.AddRange(bond.Slaves.Select(s => ShellCommand.Of("ip", "link", "set", "dev", s, "nomaster")));
        commands.Add(ShellCommand.Of("ip", "link", "set", "dev", name, "down"));
        commands.Add(ShellCommand.Of("ip", "link", "set", "dev", name, "type", "bond", "mode", "active-backup", "miimon", 100));
        foreach (var slave in bond.Slaves)
        {
            commands.Add(ShellCommand.Of("ip", "link", "set", "dev", slave, "down"));
            commands.Add(ShellCommand.Of("ip", "link", "set", "dev", slave, "master", name));
        }

        commands.Add(ShellCommand.Of("ip", "link", "set", "dev", name, "up"));
        return Message.Of(
            $"{PathFix.On(point.Host.HostName, ShellCommand.All(commands))} # or make the switch ports one link aggregation, and the "
                + $"mode 802.3ad"
        );
    }

    private static string Slaves(BondDetails bond) => string.Join(" and ", bond.Slaves);
}
