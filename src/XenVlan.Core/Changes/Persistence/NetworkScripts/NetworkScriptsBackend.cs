using System.Globalization;
using System.Net;
using XenVlan.Changes.Persistence.Common;
using XenVlan.Changes.Persistence.Files;
using XenVlan.Model;

namespace XenVlan.Changes.Persistence.NetworkScripts;

/// <summary>
/// Red Hat's <c>/etc/sysconfig/network-scripts/ifcfg-…</c>, as <c>ifup</c> and <c>ifup-eth</c> of initscripts read them
/// (sysconfig.txt there), and NetworkManager's plugin ifcfg-rh. Edited in place.
/// </summary>
internal sealed class NetworkScriptsBackend : NetworkBackend
{
    private const string Prefix = Directory + "/ifcfg-";
    private const string Directory = "/etc/sysconfig/network-scripts";

    // Left by package managers and editors (__sed_discard_ignored_files in /etc/init.d/functions).
    private static readonly string[] Ignored = ["~", ".bak", ".old", ".orig", ".rpmnew", ".rpmorig", ".rpmsave"];

    private readonly CachedByVersion<List<IfcfgFile>> _files;

    /// <summary>Reads and checks the files.</summary>
    public NetworkScriptsBackend(FilePlanBuilder planning)
        : base(planning)
    {
        var files = new ParsedFileCache<IfcfgFile>(planning, (path, text) => new IfcfgFile(path, text));
        _files = new CachedByVersion<List<IfcfgFile>>(
            planning,
            () =>
                [
                    .. planning
                        .FilesIn(Directory)
                        .Where(p =>
                            p.StartsWith(Prefix, StringComparison.Ordinal) && !IsOfOther(p[Prefix.Length..]) && !Ignored.Any(p.EndsWith)
                        )
                        .Select(files.Get),
                ]
        );
        foreach (var file in _files.Value)
        {
            if (file.FindProblem() is { } found)
                throw Invalid($"{file.Path}:{found.Line.ToString(CultureInfo.InvariantCulture)}", found.Problem);
        }
    }

    /// <summary>What is read.</summary>
    public static IReadOnlyList<string> Patterns { get; } = [Prefix + "*"];

    /// <inheritdoc/>
    public override string Name => "network-scripts";

    /// <inheritdoc/>
    public override IReadOnlyList<string> DefinitionsOf(string name) =>
        [.. For(name).Select(f => $"{f.Path}:{(f.Find("DEVICE")?.Number ?? 1).ToString(CultureInfo.InvariantCulture)}")];

    /// <inheritdoc/>
    public override void Remove(string name)
    {
        foreach (var file in For(name))
            Planning.Delete(file.Path, $"no longer create {name} at boot");
    }

    /// <inheritdoc/>
    public override IEnumerable<InterfaceAddress> Addresses(string name) => For(name).SelectMany(IfcfgAddresses.All);

    /// <inheritdoc/>
    public override void RemoveAddress(string name, InterfaceAddress address, InterfaceAddress? instead)
    {
        foreach (var file in For(name))
        {
            CheckAddresses(file);
            if (
                IfcfgAddresses.Without(
                    file,
                    address,
                    instead,
                    (there, old, @new, line) => BroadcastOf(there, old, @new, Place(file, line))
                ) is
                { } text
            )
                Planning.Write(file.Path, text, Exchange(name, address, instead));
        }

        // ifup-aliases gives the interface the addresses of these as well.
        foreach (
            var alias in Planning
                .FilesIn(Directory)
                .Where(p => p.StartsWith($"{Prefix}{name}:", StringComparison.Ordinal) && !Ignored.Any(p.EndsWith))
        )
        {
            if (IfcfgAddresses.All(new IfcfgFile(alias, Planning.Read(alias)!)).Contains(address))
                Planning.Note(
                    $"{alias} gives {name} the address {address} too, and is left as it is: the address comes back with the next ifup. "
                        + $"Remove that file, or the address from it."
                );
        }
    }

    /// <inheritdoc/>
    public override IEnumerable<ConfiguredPort> Ports() =>
        from file in _files.Value
        let line = file.Find("BRIDGE")
        where line is { Value.Length: > 0 }
        select new ConfiguredPort(line!.Value!, file.Value("DEVICE") ?? file.Path[Prefix.Length..], Place(file, line!));

    /// <inheritdoc/>
    public override IEnumerable<(IPAddress Address, string Place)> Gateways(string name) =>
        from file in For(name)
        from line in file.Lines
        where
            line.Key is not null
            && (line.Key.StartsWith("GATEWAY", StringComparison.Ordinal) || line.Key is "IPV6_DEFAULTGW")
            && line.Key is not "GATEWAYDEV"
        let gateway = InterfaceAddress.TryParseAddress(line.Value?.Split('%')[0], out var address) ? address : null
        where gateway is not null
        select (gateway!, Place(file, line));

    private static string Place(IfcfgFile file, IfcfgLine line) => $"{file.Path}:{line.Number.ToString(CultureInfo.InvariantCulture)}";

    private void CheckAddresses(IfcfgFile file)
    {
        if (IfcfgAddresses.Unknown(file) is { } line)
            throw NotSupported(
                $"{Place(file, line):unquoted} sets {line.Key:unquoted} to something that only a shell can tell, so the addresses of the "
                    + $"file are not known. Write the value itself there."
            );
    }

    /// <inheritdoc/>
    public override void Ensure(DesiredInterface wanted)
    {
        var name = wanted.Name;
        var description = $"create {name} at boot";
        if (For(name).Count == 0)
        {
            if (wanted.Vlan is null && !wanted.IsBridge && wanted.Bridge is null)
            {
                if (wanted is { Mtu: null, Addresses.Count: 0, VlanFiltering: null, VlansAreAsked: false })
                    return;
                throw NotSupported(
                    $"No file {Prefix:unquoted}… is for {name}, so what is wanted of it cannot be written there. Write one."
                );
            }

            WriteNew(Prefix + name, name, $"DEVICE={name}\n", description);
            Set(name, "ONBOOT", "yes", description);
            Set(name, "BOOTPROTO", "none", description);
        }

        if (wanted.Vlan is { } vlan)
            EnsureVlan(name, vlan, description);
        if (wanted.IsBridge && For(name)[0].Value("TYPE") is not "Bridge")
        {
            Set(name, "TYPE", "Bridge", description);
            Set(name, "STP", "no", description);
            Set(name, "DELAY", "0", description);
        }

        if ((wanted.Vlan is not null || wanted.IsBridge) && !IsTrue(For(name)[0].Value("ONBOOT") ?? "yes"))
            Set(name, "ONBOOT", "yes", description);
        if (wanted.Bridge is { } bridge)
            Set(name, "BRIDGE", bridge, $"put {name} on bridge {bridge} at boot");
        foreach (var address in wanted.Addresses)
            EnsureAddress(For(name)[0], name, address);
        if (wanted.Mtu is { } mtu)
            Set(
                name,
                "MTU",
                mtu.ToString(CultureInfo.InvariantCulture),
                $"give {name} an MTU of {mtu.ToString(CultureInfo.InvariantCulture)} at boot"
            );
        if (wanted.VlanFiltering is { } on)
            EnsureFiltering(name, on);
        if (wanted.Vlans is null)
            return;
        if (wanted.VlansAreAsked || Filters(name))
            throw NotSupported(
                $"The network scripts cannot make the VLANs of {name} last: an ifcfg- file has no words for VLANs of a bridge or its port."
            );
        Planning.Note($"{name} filters VLANs, which its file does not say: after a boot it will pass all.");
    }

    private void EnsureVlan(string name, VlanDetails vlan, string description)
    {
        if (vlan.Protocol is VlanProtocol.Dot1AD)
            throw NotSupported($"The network scripts cannot make {name}: they know no 802.1ad.");

        if (!IsTrue(For(name)[0].Value("VLAN")))
            Set(name, "VLAN", "yes", description);
        var id = vlan.Id.ToString()!;
        var dot = name.LastIndexOf('.');
        var isPlain =
            dot > 0 && name[..dot] == vlan.Parent && VlanId.TryParse(name[(dot + 1)..].TrimStart('0'), out var named) && named == vlan.Id;
        if (isPlain && For(name)[0].Find("VID") is null && For(name)[0].Find("VLAN_ID") is null)
        {
            if (name[dot + 1] == '0')
                Planning.Note(
                    $"The network scripts that use ip instead of vconfig hand it the number of {name} as it is written, and ip takes "
                        + $"one with a zero before it for an octal one. Write VID={id} and PHYSDEV={vlan.Parent} into the file, or "
                        + $"name it {vlan.Parent}.{id}."
                );
            return;
        }

        Set(name, "PHYSDEV", vlan.Parent, description);
        if (name.StartsWith("vlan", StringComparison.Ordinal) && name[4..].TrimStart('0') == id)
            return;

        // initscripts reads the one, NetworkManager the other.
        Set(name, "VID", id, description);
        Set(name, "VLAN_ID", id, description);
        Planning.Note(
            $"The network scripts take VLAN and parent of {name} from its file since initscripts 9.58 only; older ones want a name "
                + $"such as {vlan.Parent}.{id}."
        );
    }

    private void EnsureAddress(IfcfgFile file, string name, InterfaceAddress address)
    {
        if (IfcfgAddresses.All(file).Contains(address))
            return;
        CheckAddresses(file);
        if (!address.IsIPv6 && file.Value("BOOTPROTO") is ("dhcp" or "bootp"))
            throw NotSupported(
                $"{Place(file, file.Find("BOOTPROTO")!):unquoted} asks DHCP for addresses, and the network scripts then give the "
                    + $"interface no other, such as {address}."
            );
        Planning.Write(file.Path, IfcfgAddresses.With(file, address), $"add {address} to {name} at boot");
    }

    private void EnsureFiltering(string name, bool on)
    {
        if (Filters(name) == on)
            return;
        var others = BridgingOptions(name).Where(o => !o.StartsWith("vlan_filtering=", StringComparison.Ordinal));
        Set(
            name,
            "BRIDGING_OPTS",
            string.Join(' ', others.Append(on ? "vlan_filtering=1" : "vlan_filtering=0")),
            on ? $"turn on VLAN filtering of bridge {name} at boot" : $"turn off VLAN filtering of bridge {name} at boot"
        );
    }

    private bool Filters(string name) =>
        For(name) is [_, ..]
        && BridgingOptions(name).LastOrDefault(o => o.StartsWith("vlan_filtering=", StringComparison.Ordinal)) is "vlan_filtering=1";

    private string[] BridgingOptions(string name) =>
        (For(name)[0].Value("BRIDGING_OPTS") ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private void Set(string name, string key, string value, string description)
    {
        var file = For(name)[0];
        if (file.Value(key) != value)
            Planning.Write(file.Path, file.With(key, value), description);
    }

    // Aliases and ranges of addresses belong to another file's interface (/etc/init.d/network).
    private static bool IsOfOther(string name) =>
        name.Contains(':', StringComparison.Ordinal) || name.Contains("-range", StringComparison.Ordinal);

    private List<IfcfgFile> For(string name)
    {
        var mac = Planning.Host.FindInterface(name) is { Kind: InterfaceKind.Physical, Mac: { } own } ? own : (MacAddress?)null;
        var files = _files
            .Value.Where(f =>
                f.Find("DEVICE") is { } device ? device.Value == name
                : mac is not null && MacAddress.TryParse(f.Value("HWADDR"), out var wanted) ? wanted.Equals(mac.Value)
                : f.Path == Prefix + name
            )
            .ToList();
        return files.Count <= 1
            ? files
            : throw Conflict($"Several files are for {name}: {Message.List(files.Select(f => f.Path))}. Keep one.");
    }

    // is_true in /etc/init.d/functions.
    private static bool IsTrue(string? value) => value?.ToUpperInvariant() is "T" or "TRUE" or "Y" or "YES" or "1";
}
