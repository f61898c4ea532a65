using XenVlan.Discovery.Filters;
using XenVlan.Discovery.Parsing;
using XenVlan.Discovery.Probe;
using XenVlan.Model;

namespace XenVlan.Discovery;

/// <summary>Makes a snapshot of what the probe printed.</summary>
internal static class SnapshotBuilder
{
    /// <summary>Makes the snapshot.</summary>
    /// <param name="hostName">The host as the user named it.</param>
    /// <param name="takenAt">When the probe was sent.</param>
    /// <param name="timestamp">The same on the clock of <see cref="HostSnapshot.Timestamp"/>.</param>
    /// <param name="output">What the probe printed.</param>
    /// <exception cref="XenVlanException"><see cref="ErrorIds.NotLinux"/> or <see cref="ErrorIds.UnexpectedOutput"/>.</exception>
    public static HostSnapshot Build(string hostName, DateTimeOffset takenAt, long timestamp, SnapshotOutput output)
    {
        var host = output["host"].Lines;
        if (host.Count == 0)
            throw Errors.On(
                hostName,
                ErrorIds.UnexpectedOutput,
                $"Host {hostName} did not answer with what it was asked. Its shell may print something of its own, "
                    + $"or not be a POSIX shell."
            );
        if (host[0] != "Linux")
            throw Errors.On(hostName, ErrorIds.NotLinux, $"Host {hostName} runs {host[0]}. XenVlan needs Linux, with /proc mounted.");

        var kernel = KernelVersion.Parse(host.ElementAtOrDefault(1) ?? "");
        var node = host.ElementAtOrDefault(2) ?? "";
        var isRoot = host.ElementAtOrDefault(3) == "0";
        var programs = output["programs"].Lines;
        var omissions = new GapList(programs, isRoot);
        var files = FileLines.FirstLines(output["files"].Lines.Where(l => l.StartsWith('/')));
        var configuration = new ConfigurationReader(output["configuration"].Lines, programs);
        var xen = XenReader.Read(files, configuration, output, omissions);
        var bridges = OpenVSwitch(output, omissions, out var internals);
        var network = new InterfaceReader(kernel, output, omissions)
        {
            BridgesCallIptables = files.GetValueOrDefault("/proc/sys/net/bridge/bridge-nf-call-iptables") switch
            {
                "0" => false,
                null => null,
                _ => true,
            },
            OpenVSwitchBridges = bridges,
            OpenVSwitchInternals = internals,
            Vifs = xen.Vifs,
        };
        var interfaces = omissions.Read(GapList.Interfaces, "/sys/class/net", [], network.Read);
        var neighbors = Neighbors(output, omissions);

        return new HostSnapshot
        {
            HostName = hostName,
            TakenAt = takenAt,
            Timestamp = timestamp,
            NodeName = node,
            Kernel = kernel,
            IsRoot = isRoot,
            XenVersion = xen.Version,
            IsDomain0 = xen.IsDomain0,
            Toolstack = xen.IsDomain0 ? configuration.Toolstack() : Toolstack.None,
            NetworkManagers = configuration.NetworkManagers(),
            Programs = programs,
            Interfaces = interfaces,
            Domains = xen.Domains,
            Vifs = xen.Vifs,
            OpenVSwitchBridges = bridges,
            PacketFilters = PacketFilterReader.Read(output, isRoot, omissions),
            BridgeNetfilter = PacketFilterReader.Bridges(output),
            Neighbors = neighbors,
            NotSeen = omissions.All,
        };
    }

    private static IReadOnlyList<LldpNeighbor> Neighbors(SnapshotOutput output, GapList omissions)
    {
        if (!output.Has("lldp"))
            return [];
        var section = output["lldp"];
        if (!section.Succeeded)
            omissions.Add(GapList.Neighbors, omissions.Reason("lldpctl", "lldpd", section));
        return omissions.Read(GapList.Neighbors, "lldpctl", [], () => LldpParser.Parse(section.Lines));
    }

    private static IReadOnlyList<OpenVSwitchBridge> OpenVSwitch(
        SnapshotOutput output,
        GapList omissions,
        out IReadOnlySet<string> internals
    )
    {
        internals = new HashSet<string>(StringComparer.Ordinal);
        if (!output.Has("ovs"))
            return [];

        // A table a line: bridges, ports, interfaces.
        var section = output["ovs"];
        if (!section.Succeeded || section.Lines.Count != 3)
        {
            // Where the database's socket is not even there, Open vSwitch is installed but does not run.
            if (!section.Error.Contains("No such file or directory", StringComparison.Ordinal))
                omissions.Add(GapList.OpenVSwitch, omissions.Reason("ovs-vsctl", "Open vSwitch", section));
            return [];
        }

        (var bridges, internals) = omissions.Read(
            GapList.OpenVSwitch,
            "ovs-vsctl",
            ([], internals),
            () =>
                (
                    OpenVSwitchParser.Parse(section.Lines[0], section.Lines[1], section.Lines[2]),
                    OpenVSwitchParser.InternalInterfaces(section.Lines[2])
                )
        );
        return bridges;
    }
}
