using System.Globalization;
using System.Net;
using XenVlan.Hosts;
using XenVlan.Model;

namespace XenVlan.Changes;

/// <summary>
/// The last steps of a plan: new addresses are given when their interfaces are up, and only where nobody else on the VLAN
/// has them. For IPv4 everybody is asked before (RFC 5227, ARP probes from 0.0.0.0); for IPv6 the kernel asks when it has
/// the address (RFC 4862, <c>net/ipv6/addrconf.c</c>), and its answer is waited for.
/// </summary>
internal static class AddressSteps
{
    // All of a step are asked at once, a process each.
    private const int AtOnce = 50;

    // iputils' arping and busybox's print "Unicast reply from 10.0.0.2 [52:54:00:...]", Habets' an exclamation mark. grep
    // waits for all of them.
    private const string Ask =
        "! while [ $# -gt 0 ]; do arping -D -c 2 -w 2 -I \"$1\" \"$2\" & shift 2; done | grep -e \" reply from \" -e \"!\"";

    // In /proc/net/if_inet6 the flags are the fifth word: 0x40 tentative, 0x08 found to be somebody else's
    // (IFA_F_TENTATIVE and IFA_F_DADFAILED of linux/if_addr.h). An interface without a link is never told.
    private const string Wait =
        "n=0; while [ $n -lt 30 ] && grep -qE \"^($1) [^ ]+ .. .. [4-7c-f][0-7] \" /proc/net/if_inet6; do n=$((n + 1)); sleep 0.1 "
        + "2>/dev/null || sleep 1; done; ! grep -E \"^($1) [^ ]+ .. .. .[89a-f] \" /proc/net/if_inet6";

    /// <summary>Adds the steps.</summary>
    /// <param name="planning">The plan, with all that comes before.</param>
    /// <param name="given">The addresses that interfaces get, in order.</param>
    public static void Add(PlanBuilder planning, IReadOnlyList<(string Link, InterfaceAddress Address)> given)
    {
        var heard = given.Where(g => planning.Host.FindInterface(g.Link) is { IsUp: true }).ToLookup(g => g.Address.IsIPv6);
        if (heard[false].Any() && !planning.Host.Has("arping"))
            planning.Note(
                $"Host {DisplayText.Quote(planning.Host.HostName)} has no arping, so nobody is asked whether "
                    + $"{Names([.. heard[false]])} {(heard[false].Count() == 1 ? "is" : "are")} free."
            );
        else
            foreach (var some in heard[false].Chunk(AtOnce))
                Check(planning, some, Ask, some.SelectMany(s => new[] { s.Link, s.Address.Address.ToString() }));

        foreach (var (link, address) in given)
            planning.Add(
                $"add {address} to {link}",
                planning.Links.AddAddress(link, address),
                planning.Links.RemoveAddress(link, address),
                link: link
            );

        foreach (var some in heard[true].Chunk(AtOnce))
            Check(planning, some, Wait, [string.Join('|', some.Select(s => Hex(s.Address.Address)))]);
    }

    private static void Check(
        PlanBuilder planning,
        IReadOnlyList<(string Link, InterfaceAddress Address)> some,
        string script,
        IEnumerable<string> arguments
    ) =>
        planning.Add(
            $"check that nobody else has {Names(some)}",
            ShellCommand.Of(["sh", "-c", script, "sh", .. arguments]),
            ShellCommand.Nothing,
            failsAs: ErrorIds.Conflict
        );

    // As the kernel writes it there.
    private static string Hex(IPAddress address) =>
        string.Concat(address.GetAddressBytes().Select(b => b.ToString("x2", CultureInfo.InvariantCulture)));

    private static string Names(IReadOnlyList<(string Link, InterfaceAddress Address)> some) =>
        some switch
        {
            [var one] => one.Address.Address.ToString(),
            [var one, var other] => $"{one.Address.Address} or {other.Address.Address}",
            [var first, ..] => string.Create(CultureInfo.InvariantCulture, $"{first.Address.Address} or one of {some.Count - 1} others"),
            [] => "",
        };
}
