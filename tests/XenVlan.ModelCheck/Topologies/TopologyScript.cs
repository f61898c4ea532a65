using System.Text;

namespace XenVlan.ModelCheck.Topologies;

/// <summary>Writes the shell script that builds a topology.</summary>
internal static class TopologyScript
{
    /// <summary>Stands in commands before the name of a namespace, until it is known which worker builds it.</summary>
    public const string Prefix = "@";

    /// <summary>
    /// Settings of the host that new namespaces take over (<c>devinet_init_net</c> in <c>net/ipv4/devinet.c</c>): only the
    /// interface with the address answers for it, and also to other interfaces of its own host.
    /// </summary>
    public const string Settings = """
        modprobe -a bridge 8021q bonding veth
        echo 1 >/proc/sys/net/core/devconf_inherit_init_net
        echo 1 >/proc/sys/net/ipv4/conf/all/arp_ignore
        echo 1 >/proc/sys/net/ipv4/conf/all/accept_local
        echo 0 >/proc/sys/net/ipv4/conf/all/rp_filter
        echo 0 >/proc/sys/net/ipv4/conf/default/rp_filter

        """;

    /// <summary>The commands that build a topology.</summary>
    /// <param name="topology">The topology.</param>
    /// <param name="prefix">What the names of its namespaces begin with.</param>
    /// <param name="program">
    /// What does three things in the namespaces named after it: <c>quiet</c> turns IPv6 off, so that nobody speaks unasked,
    /// <c>settle</c> waits until all links have come up, and <c>speak</c> turns IPv6 on again for single bridges. It is <c>frames</c>, or
    /// empty for <see cref="ByShell"/>.
    /// </param>
    public static string Build(RandomTopology topology, string prefix, string program)
    {
        var spaces = string.Concat(topology.Spaces.Select(s => $" {Prefix}{s.Name}"));
        var script = new StringBuilder();
        AddBatch(script, "ip -batch -", topology.Spaces.Select(s => $"netns add {Prefix}{s.Name}"));
        _ = script.Append($"{program} quiet{spaces}\n".TrimStart());
        foreach (var space in topology.Spaces)
        {
            AddBatch(script, $"ip -n {Prefix}{space.Name} -force -batch -", space.Links.Prepend("link set lo up"));
            AddBatch(script, $"bridge -n {Prefix}{space.Name} -force -batch -", space.Vlans);
        }

        _ = script.Append($"{program} settle{spaces}\n".TrimStart());

        // However slow the host is: no port may begin to forward between being read and being asked.
        foreach (var space in topology.Spaces.Where(s => s.HasSpanningTree))
            _ = script.Append($"while bridge -n {Prefix}{space.Name} link | grep -Eq 'state (listening|learning)'; do sleep 1; done\n");
        if (topology.HasQueriers)
            _ = script.Append(
                $"{program} speak{string.Concat(topology.Queriers.Select(q => $" {Prefix}{q.Space.Name} {q.Name}"))}\n".TrimStart()
            );
        foreach (var space in topology.Spaces)
        {
            AddBatch(script, $"bridge -n {Prefix}{space.Name} -force -batch -", space.Groups);
            AddBatch(script, $"ip -n {Prefix}{space.Name} -force -batch -", space.Late);
        }

        // A querier's answers are waited for a tenth of a second; until then all multicasts go to all.
        if (topology.HasQueriers)
            _ = script.Append("sleep 1\n");
        return script.ToString().Replace(Prefix, prefix, StringComparison.Ordinal);
    }

    /// <summary>The commands that remove a topology.</summary>
    /// <param name="topology">The topology.</param>
    /// <param name="prefix">As for <see cref="Build"/>.</param>
    public static string Remove(RandomTopology topology, string prefix)
    {
        var script = new StringBuilder();
        AddBatch(script, "ip -force -batch -", topology.Spaces.Select(s => $"netns del {prefix}{s.Name}"));
        return script.ToString();
    }

    /// <summary>
    /// The commands for <see cref="Build"/> on hosts without <c>frames</c>. New namespaces do not take over that the host has
    /// no IPv6 (<c>addrconf_init_net</c> in <c>net/ipv6/addrconf.c</c>).
    /// </summary>
    public const string ByShell = """
        quiet() {
            for ns; do
                ip netns exec "$ns" sh -c 'for i in all default; do echo 1 >/proc/sys/net/ipv6/conf/$i/disable_ipv6; done'
            done
        }
        settle() { sleep 5; }
        speak() {
            while [ $# -gt 1 ]; do
                ip netns exec "$1" sh -c 'cd /proc/sys/net/ipv6/conf/$0 && echo 1 >addr_gen_mode && echo 0 >accept_dad &&
                    echo 0 >router_solicitations && echo 0 >disable_ipv6' "$2"
                shift 2
            done
        }

        """;

    private static void AddBatch(StringBuilder script, string program, IEnumerable<string> lines)
    {
        var all = lines.ToList();
        if (all.Count > 0)
            _ = script.Append(program).Append(" <<'EOF'\n").AppendJoin('\n', all).Append("\nEOF\n");
    }
}
