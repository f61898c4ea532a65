using System.Globalization;
using System.Net;
using XenVlan.Changes.Persistence.Common;
using XenVlan.Changes.Persistence.Files;
using XenVlan.Model;

namespace XenVlan.Changes.Persistence.Networkd;

/// <summary>
/// systemd-networkd: <c>.netdev</c> and <c>.network</c> files in <c>/etc/systemd/network</c> (systemd.netdev(5),
/// systemd.network(5)). What a file that is there should say besides goes to a drop-in of it.
/// </summary>
internal sealed class NetworkdBackend : NetworkBackend
{
    private const string Network = "Network";
    private readonly NetworkdEditor _editor;

    /// <summary>Reads and checks the files.</summary>
    public NetworkdBackend(FilePlanBuilder planning)
        : base(planning)
    {
        _editor = new NetworkdEditor(planning);
        var configuration = _editor.Read();
        foreach (var unit in configuration.Networks.Concat(configuration.Devices))
            planning.OwnDirectory(unit.DropInDirectory);
        foreach (var file in configuration.Networks.Concat(configuration.Devices).SelectMany(u => u.Files))
        {
            if (file.FindProblem() is { } found)
                throw Invalid(file.Place(found.Line), found.Problem);
        }
    }

    /// <inheritdoc/>
    public override string Name => "systemd-networkd";

    /// <inheritdoc/>
    public override IReadOnlyList<string> DefinitionsOf(string name)
    {
        // A pattern that takes in a bridge or VLAN interface does not make it; one that takes in a NIC is all there need be.
        var configuration = _editor.Read();
        var network =
            configuration.Network(name) is { } unit
            && (IsOwn(unit, name) || Planning.Host.FindInterface(name)?.Kind is InterfaceKind.Physical)
                ? unit
                : null;
        return [.. new[] { configuration.Device(name), network }.OfType<NetworkdUnit>().Select(u => u.Place)];
    }

    /// <inheritdoc/>
    public override void Remove(string name)
    {
        var description = $"no longer create {name} at boot";
        var configuration = _editor.Read();
        foreach (
            var unit in configuration
                .Devices.Where(d => d.Last("NetDev", "Name") == name)
                .Concat(configuration.Networks.Where(n => IsOwn(n, name)))
        )
        {
            if (unit.Files.FirstOrDefault(f => !f.Path.StartsWith(NetworkdUnit.Directory, StringComparison.Ordinal)) is { } foreign)
                throw NotSupported($"{foreign.Path} is not the administrator's to change, and it makes or configures {name}.");
            foreach (var file in unit.Files)
                Planning.Delete(file.Path, description);
        }

        foreach (var unit in _editor.Read().Networks)
        {
            foreach (var file in unit.Files)
            {
                if (file.All(Network, "VLAN").Where(l => l.Value == name).ToList() is not { Count: > 0 } lines)
                    continue;
                if (!file.Path.StartsWith(NetworkdUnit.Directory, StringComparison.Ordinal))
                    throw NotSupported($"{file.Place(lines[0]):unquoted} is not the administrator's to change, and it makes {name}.");
                _editor.WriteOrDelete(file, file.Without(lines), description);
            }
        }
    }

    /// <inheritdoc/>
    public override IEnumerable<InterfaceAddress> Addresses(string name) =>
        (_editor.Read().Network(name)?.Files ?? [])
            .SelectMany(f => f.All(Network, "Address").Concat(f.All("Address", "Address")))
            .Select(l => InterfaceAddress.TryParse(l.Value, out var address) ? address : null)
            .OfType<InterfaceAddress>();

    /// <inheritdoc/>
    public override void RemoveAddress(string name, InterfaceAddress address, InterfaceAddress? instead)
    {
        bool Is(IniLine line) => line.Key is "Address" && InterfaceAddress.TryParse(line.Value, out var there) && there.Equals(address);
        if (!Addresses(name).Contains(address))
            return;

        foreach (var file in UnitFor(name).Files)
        {
            // A section [Address] is about one address, all of it.
            var sections = file.All("Address", "Address").Where(Is).Select(l => l.SectionNumber).ToHashSet();
            var lines = file.Entries.Where(e => sections.Contains(e.SectionNumber) || (e.Section is Network && Is(e))).ToList();
            if (lines.Count == 0)
                continue;
            if (!file.Path.StartsWith(NetworkdUnit.Directory, StringComparison.Ordinal))
                throw NotSupported(
                    $"{file.Place(lines[0]):unquoted} gives {name} the address {address}, and is not the administrator's to change."
                );
            var description = Exchange(name, address, instead);
            if (instead is null)
            {
                _editor.WriteOrDelete(file, file.Without(lines), description);
                continue;
            }

            // What else the section says of the old address stays, for the new one.
            var first = lines.First(Is);
            var changed = new IniFile(file.Path, file.With(first, instead.ToString()), isSystemd: true);
            if (
                changed.Entries.FirstOrDefault(e =>
                    e.Section is "Address" && e.SectionNumber == first.SectionNumber && e.Key is "Broadcast"
                ) is
                { } broadcast
            )
                changed = new IniFile(
                    file.Path,
                    changed.With(broadcast, BroadcastOf(broadcast.Value, address, instead, file.Place(broadcast))),
                    isSystemd: true
                );
            Planning.Write(file.Path, changed.Without([.. changed.Entries.Where(Is)]), description);
            instead = null;
        }
    }

    /// <inheritdoc/>
    public override IEnumerable<ConfiguredPort> Ports() =>
        from unit in _editor.Read().Networks
        let line = unit.Files.SelectMany(f => f.All(Network, "Bridge").Select(l => (l.Value, Place: f.Place(l)))).LastOrDefault()
        where !string.IsNullOrEmpty(line.Value)
        from port in unit.All("Match", "Name")
            .DefaultIfEmpty("*")
            .SelectMany(n => n.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        select new ConfiguredPort(line.Value, port, line.Place);

    /// <inheritdoc/>
    public override IEnumerable<string> TakesIn(string vif)
    {
        if (_editor.Read().Network(vif) is not { } unit || NetworkdText.IsTrue(unit.Last("Link", "Unmanaged")))
            yield break;

        var does = new List<string>();
        if (unit.Last(Network, "Bridge") is { Length: > 0 } bridge)
            does.Add($"puts it on bridge {bridge}");
        if (NetworkdVlans.Read(unit) is { Allowed.IsEmpty: false } vlans)
            does.Add($"gives it VLAN {vlans.Allowed}{(vlans.Pvid is { } pvid ? $" (PVID {pvid})" : "")}");
        if (unit.Last("Link", "MTUBytes") is { Length: > 0 } mtu)
            does.Add($"gives it an MTU of {mtu}");
        if (does.Count == 0)
            yield break;

        var isCertain = NetworkdMatch.Of(unit, vif, Planning.Host.FindInterface(vif)) is NetworkdMatch.Answer.Yes;
        yield return $"{DisplayText.Clean(unit.Place)} {(isCertain ? "takes in" : "may take in")} {vif}: "
            + $"systemd-networkd {DisplayText.Clean(string.Join(" and ", does))} whenever the NIC appears, when systemd-networkd starts, "
            + "and when it configures the NIC anew (networkctl reconfigure, or reload after that file was changed); newer versions then "
            + $"take away the VLANs that the file does not name. Leave {vif} out there, such as by Name=!vif* in [Match] or "
            + "Unmanaged=yes in [Link], if XenVlan is to look after it.";
    }

    /// <inheritdoc/>
    public override IEnumerable<(IPAddress Address, string Place)> Gateways(string name) =>
        from file in _editor.Read().Network(name)?.Files ?? []
        from line in file.Entries
        where line is { Section: Network or "Route", Key: "Gateway" }
        let gateway = InterfaceAddress.TryParseAddress(line.Value, out var address) ? address : null
        where gateway is not null
        select (gateway!, file.Place(line));

    /// <inheritdoc/>
    public override void Ensure(DesiredInterface wanted)
    {
        var name = wanted.Name;
        if (wanted.Vlan is { } vlan)
        {
            EnsureDevice(
                name,
                NetworkdText.Device(name, vlan),
                ("VLAN", "Id", vlan.Id.ToString()!),
                ("VLAN", "Protocol", vlan.Protocol is VlanProtocol.Dot1AD ? "802.1ad" : null)
            );
            EnsureNetwork(wanted);
            _editor.EnsureOne(UnitFor(vlan.Parent), Network, "VLAN", name, $"create {name} at boot");
        }
        else if (wanted.IsBridge)
        {
            EnsureDevice(name, NetworkdText.BridgeDevice(name));
            EnsureNetwork(wanted);
        }

        if (wanted.Bridge is { } bridge && UnitFor(name).Last(Network, "Bridge") != bridge)
            _editor.Set(UnitFor(name), Network, "Bridge", bridge, $"put {name} on bridge {bridge} at boot");
        foreach (var address in wanted.Addresses)
            EnsureAddress(name, address);
        if (wanted.Mtu is { } mtu)
            EnsureMtu(name, mtu);
        if (wanted.VlanFiltering is { } on)
            EnsureFiltering(name, on);
        if (wanted.Vlans is not null)
            EnsureVlans(wanted);
    }

    private void EnsureDevice(string name, string text, params (string Section, string Key, string? Value)[] settings)
    {
        var description = $"create {name} at boot";
        if (_editor.Read().Device(name) is null)
        {
            WriteNew($"{NetworkdUnit.Directory}/{NetworkdText.FirstPrefix}-xenvlan-{name}.netdev", name, text, description);
            return;
        }

        foreach (var (section, key, value) in settings)
        {
            var device = _editor.Read().Device(name)!;
            if (
                !string.Equals(
                    device.Last(section, key) ?? (key is "Protocol" ? "802.1q" : ""),
                    value ?? "802.1q",
                    StringComparison.OrdinalIgnoreCase
                )
            )
                _editor.Set(device, section, key, value ?? "802.1Q", description);
        }
    }

    // A new interface has a file of its own, before any whose pattern takes it in too.
    private void EnsureNetwork(DesiredInterface wanted)
    {
        var existing = _editor.Read().Network(wanted.Name);
        if (existing is null || !IsOwn(existing, wanted.Name))
            WriteNew(PathBefore(existing, wanted.Name), wanted.Name, NetworkdText.Network(wanted), $"create {wanted.Name} at boot");
    }

    private NetworkdUnit UnitFor(string name)
    {
        var configuration = _editor.Read();
        if (configuration.Network(name) is not { } unit)
        {
            WriteNew(PathBefore(null, name), name, NetworkdText.Match(name), $"let systemd-networkd know {name}");
            return _editor.Read().Network(name)!;
        }

        if (NetworkdMatch.Of(unit, name, Planning.Host.FindInterface(name)) is NetworkdMatch.Answer.Unknown)
            throw Conflict(
                $"{unit.Place:unquoted} may or may not be for {name}: that depends on more than its name, address and type. Give {name} "
                    + $"a file of its own that comes before, or name it there: Name={name:unquoted}."
            );
        if (!IsOwn(unit, name) && configuration.Others(unit, name).ToList() is { Count: > 0 } others)
            throw NotSupported(
                $"{unit.Place:unquoted} configures {name} together with {Message.List(others)}, so what is only for {name} cannot be "
                    + $"written there. Give {name} a file of its own that comes before {unit.Name}."
            );
        return unit;
    }

    private string PathBefore(NetworkdUnit? unit, string name)
    {
        var file = NetworkdText
            .Prefixes.Select(p => $"{p}-xenvlan-{name}.network")
            .FirstOrDefault(f => unit is null || string.CompareOrdinal(f, unit.Name) < 0);
        return file is not null
            ? $"{NetworkdUnit.Directory}/{file}"
            : throw NotSupported(
                $"{unit!.Place:unquoted} takes in {name} by a pattern, and no file can come before it. Rename it, such as to "
                    + $"{"50-" + unit.Name}."
            );
    }

    private void EnsureAddress(string name, InterfaceAddress address)
    {
        var unit = UnitFor(name);
        if (
            !unit.All(Network, "Address")
                .Concat(unit.Files.SelectMany(f => f.All("Address", "Address")).Select(l => l.Value))
                .Any(v => InterfaceAddress.TryParse(v, out var there) && there.Equals(address))
        )
            _editor.Add(unit, Network, "Address", address.ToString(), $"add {address} to {name} at boot");
    }

    private void EnsureMtu(string name, int mtu)
    {
        var text = mtu.ToString(CultureInfo.InvariantCulture);
        var unit = UnitFor(name);
        if ((unit.Last("Link", "MTUBytes") ?? _editor.Read().Device(name)?.Last("NetDev", "MTUBytes")) != text)
            _editor.Set(unit, "Link", "MTUBytes", text, $"give {name} an MTU of {text} at boot");
    }

    private void EnsureFiltering(string name, bool on)
    {
        var device =
            _editor.Read().Device(name)
            ?? throw NotSupported($"VLAN filtering of {name} cannot be made to last: no .netdev file makes that bridge. Write one.");
        if (NetworkdText.IsTrue(device.Last("Bridge", "VLANFiltering")) != on)
            _editor.Set(
                device,
                "Bridge",
                "VLANFiltering",
                on ? "yes" : "no",
                on ? $"turn on VLAN filtering of bridge {name} at boot" : $"turn off VLAN filtering of bridge {name} at boot"
            );
    }

    private void EnsureVlans(DesiredInterface wanted)
    {
        var bridge = wanted.Bridge ?? wanted.Master ?? wanted.Name;
        var added = AdditivePortVlans.For(_editor.Read().Device(bridge)?.Last("Bridge", "DefaultPVID"));
        NoteStaying(wanted, added);
        var unit = UnitFor(wanted.Name);
        if (NetworkdVlans.Ambiguous(unit) is { } place)
            throw NotSupported(
                $"{place:unquoted} undoes what is said before it in newer versions of systemd, and does nothing in older ones, so "
                    + $"the VLANs of {wanted.Name} are not known. Say them without that line."
            );
        var configured = NetworkdVlans.Read(unit);
        var vlans = wanted.VlansBeside(added.With(configured))!;
        if (added.IsSatisfiedBy(configured, vlans))
            return;

        // What others wrote stays theirs; only what is not wanted is taken out of their files, and only what they lack is in ours.
        var needed = added.Missing(vlans);
        var description = $"allow VLAN {vlans.Allowed} on {wanted.Name} at boot";
        var isPast = false;
        foreach (var file in unit.Files)
        {
            var isOurs = file.Path == unit.Target;
            isPast |=
                isOurs
                || (
                    !ReferenceEquals(file, unit.Main)
                    && string.CompareOrdinal(Path.GetFileName(unit.Target), Path.GetFileName(file.Path)) < 0
                );
            var text = isOurs
                ? file.Without([.. file.Entries.Where(e => e.Section is NetworkdVlans.Section)])
                : NetworkdVlans.Limited(file, needed, hasLastWord: isPast);
            if (text == file.Text)
                continue;
            if (!file.Path.StartsWith(NetworkdUnit.Directory, StringComparison.Ordinal))
                throw NotSupported(
                    $"{file.Path} gives {wanted.Name} VLANs that it is not to have, and is not the administrator's to change."
                );
            _editor.WriteOrDelete(file, text, description);
        }

        var missing = NetworkdVlans.Missing(NetworkdVlans.Read(UnitFor(wanted.Name)), needed);
        if (NetworkdVlans.Write(missing) is { Length: > 0 } block)
            _editor.AddBlock(UnitFor(wanted.Name), block, description);
    }

    private static bool IsOwn(NetworkdUnit unit, string name) => unit.All("Match", "Name") is [var only] && only == name;
}
