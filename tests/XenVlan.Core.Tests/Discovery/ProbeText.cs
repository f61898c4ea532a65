using System.Text;
using XenVlan.Discovery;
using XenVlan.Discovery.Probe;
using XenVlan.Model;

namespace XenVlan.Tests.Discovery;

/// <summary>What the probe prints on a host, put together piece by piece.</summary>
internal sealed class ProbeText
{
    public const string Mark = "xenvlan-0123456789ABCDEF";

    private readonly Dictionary<string, (List<string> Lines, int? Status, string Error)> _sections = new(StringComparer.Ordinal);

    /// <summary>A host with everything XenVlan reads, and no interface but the loopback one.</summary>
    public ProbeText(string kernel = "6.1.0-56-amd64", bool root = true)
    {
        Section("host", ["Linux", kernel, "xen-a", root ? "0" : "1000"]);
        Section("programs", SnapshotScript.Programs.Except(["xm", "xe"]));
        foreach (
            var name in new[] { "files", "configuration", "vlan-names", "vlan-links", "addresses", "port-vlans", "multicast", "offloads" }
        )
            Section(name, []);
        Interface("lo", 1, "type:772", "mtu:65536", "flags:0x9", "address:00:00:00:00:00:00");
    }

    public ProbeText Section(string name, IEnumerable<string> lines, int? status = 0, string error = "")
    {
        _sections[name] = ([.. lines], status, error);
        return this;
    }

    public ProbeText Add(string section, params IEnumerable<string> lines)
    {
        _sections[section].Lines.AddRange(lines);
        return this;
    }

    public ProbeText Fail(string section, int status, string error) => Section(section, [], status, error);

    public ProbeText Remove(string section)
    {
        _sections.Remove(section);
        return this;
    }

    public ProbeText Without(params IEnumerable<string> programs)
    {
        foreach (var program in programs)
            _sections["programs"].Lines.Remove(program);
        return this;
    }

    /// <summary>An interface that is up, of 1500 bytes.</summary>
    public ProbeText Interface(string name, int index, params IEnumerable<string> attributes)
    {
        string[] usual =
        [
            $"ifindex:{index}",
            $"iflink:{index}",
            "type:1",
            "mtu:1500",
            "flags:0x1003",
            "carrier:1",
            $"address:52:54:00:00:00:{index:x2}",
        ];
        var own = attributes.ToList();
        var names = own.Select(a => a.Split(':')[0]).ToHashSet(StringComparer.Ordinal);
        Add("files", own.Concat(usual.Where(u => !names.Contains(u.Split(':')[0]))).Select(a => $"./{name}/{a}"));
        return this;
    }

    public ProbeText Nic(string name, int index, params IEnumerable<string> attributes) =>
        Interface(name, index, ["device:", .. attributes]);

    public ProbeText Bridge(string name, int index, bool filtering, params IEnumerable<string> attributes) =>
        Interface(
            name,
            index,
            [
                .. attributes,
                "uevent:DEVTYPE=bridge",
                "bridge/stp_state:0",
                "bridge/forward_delay:1500",
                $"bridge/vlan_filtering:{(filtering ? 1 : 0)}",
                "bridge/default_pvid:1",
                "bridge/vlan_protocol:0x8100",
                "bridge/nf_call_iptables:0",
            ]
        );

    public ProbeText Vlan(string name, int index, int parent, params IEnumerable<string> attributes)
    {
        Add("vlan-names", $"/proc/net/vlan/{name}");
        return Interface(name, index, [$"iflink:{parent}", "uevent:DEVTYPE=vlan", .. attributes]);
    }

    public ProbeText Vif(string name, int index, int domain, int nic, params IEnumerable<string> attributes) =>
        Interface(name, index, ["device:", $"device/nodename:backend/vif/{domain}/{nic}", "address:fe:ff:ff:ff:ff:ff", .. attributes]);

    /// <summary>The attributes of a port of a bridge.</summary>
    public static IEnumerable<string> PortOf(int bridge, int number = 1) =>
        [
            $"master/ifindex:{bridge}",
            $"brport/bridge/ifindex:{bridge}",
            $"brport/port_no:0x{number:x}",
            "brport/state:3",
            "brport/hairpin_mode:0",
            "brport/isolated:0",
            "brport/learning:1",
            "brport/unicast_flood:1",
            "brport/broadcast_flood:1",
        ];

    /// <summary>Lines of a file under <c>/proc</c>.</summary>
    public ProbeText File(string path, params IEnumerable<string> lines) => Add("files", lines.Select(l => $"{path}:{l}"));

    public ProbeText VlanConfig(params IEnumerable<string> lines) => File("/proc/net/vlan/config", lines);

    /// <summary>Makes it domain 0 of Xen 4.17.7.</summary>
    public ProbeText Domain0(params IEnumerable<string> xenstore)
    {
        Add(
            "files",
            "/sys/hypervisor/type:xen",
            "/sys/hypervisor/version/major:4",
            "/sys/hypervisor/version/minor:17",
            "/sys/hypervisor/version/extra:.7",
            "/proc/xen/capabilities:control_d"
        );
        Add("configuration", "/proc/xen", "/proc/xen/capabilities", "/sys/hypervisor/type");
        return Section("xenstore", xenstore);
    }

    public HostSnapshot Build()
    {
        var output = new StringBuilder();
        var errors = new StringBuilder();
        foreach (var (name, (lines, status, error)) in _sections)
        {
            output.Append($"\n{Mark} begin {name}\n");
            foreach (var line in lines)
                output.Append(line).Append('\n');
            if (status is not null)
                output.Append($"\n{Mark} end {status}\n");
            errors.Append($"\n{Mark} begin {name}\n{error}\n");
        }

        return SnapshotBuilder.Build(
            "a",
            new DateTimeOffset(2026, 11, 22, 10, 0, 0, TimeSpan.Zero),
            42,
            SnapshotOutput.Parse(output.ToString(), errors.ToString(), Mark)
        );
    }
}
