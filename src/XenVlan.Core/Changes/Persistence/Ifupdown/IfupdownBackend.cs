using System.Globalization;
using System.Net;
using XenVlan.Changes.Commands;
using XenVlan.Changes.Persistence.Common;
using XenVlan.Changes.Persistence.Files;
using XenVlan.Model;

namespace XenVlan.Changes.Persistence.Ifupdown;

/// <summary>
/// Debian's ifupdown: <c>/etc/network/interfaces</c> and the files it sources (interfaces(5)), edited in place. A new
/// stanza goes to the end of the file that has the parent's, since <c>ifup -a</c> of versions before 0.8 keeps to the
/// order of the files; else to the end of the main file.
/// </summary>
internal sealed class IfupdownBackend : NetworkBackend
{
    private static readonly string[] OtherVlanOptions = ["bridge-vids", "bridge-pvid", "bridge-access"];

    private readonly InterfacesEditor _editor;

    /// <summary>Reads and checks the files.</summary>
    public IfupdownBackend(FilePlanBuilder planning)
        : base(planning)
    {
        _editor = new InterfacesEditor(planning, planning.FilesIn(InterfacesConfiguration.Directory));
        foreach (var file in _editor.Read().Files)
        {
            if (file.FindProblem() is { } found)
                throw Invalid(file.Place(found.Index), found.Problem);
        }
    }

    /// <summary>What is read.</summary>
    public static IReadOnlyList<string> Patterns { get; } = [InterfacesConfiguration.MainPath, InterfacesConfiguration.Directory + "/*"];

    /// <inheritdoc/>
    public override string Name => "ifupdown";

    /// <inheritdoc/>
    public override IReadOnlyList<string> DefinitionsOf(string name)
    {
        var configuration = _editor.Read();
        var own = configuration.Stanzas(name).Select(s => s.Place).ToList();
        return own.Count == 0 && configuration.BridgeOf(name) is { } bridge
            ? [bridge.File.Place(bridge.Find("bridge-ports")!.Value.Index)]
            : own;
    }

    /// <inheritdoc/>
    public override void Remove(string name) => _editor.RemoveInterface(name);

    /// <inheritdoc/>
    public override IEnumerable<InterfaceAddress> Addresses(string name) => Settings(name).Addresses();

    /// <inheritdoc/>
    public override IEnumerable<ConfiguredPort> Ports() =>
        from bridge in _editor.Read().Bridges
        let found = bridge.Find("bridge-ports")!.Value
        from port in found.Line.Words.Skip(1)
        where port is not ("none" or "regex" or "noregex")
        select new ConfiguredPort(bridge.Name, port, bridge.File.Place(found.Index));

    /// <inheritdoc/>
    public override IEnumerable<string> TakesIn(string vif)
    {
        var configuration = _editor.Read();
        foreach (var stanza in configuration.Stanzas(vif))
        {
            yield return configuration.IsAuto(vif)
                ? $"{stanza.Place} configures {vif} whenever the NIC appears, and then what XenVlan gives it can be lost. Leave {vif} "
                    + $"out there."
                : $"{stanza.Place} configures {vif} when ifup is called for it, and then what XenVlan gives it can be lost. Leave "
                    + $"{vif} out there.";
        }

        if (configuration.BridgeOf(vif) is { } bridge && bridge.Name != Planning.Host.FindInterface(vif)?.Master)
            yield return $"{bridge.File.Place(bridge.Find("bridge-ports")!.Value.Index)} puts {vif} on bridge {bridge.Name} with the "
                + $"next ifup of that. Leave the NICs of domains out there.";
    }

    /// <inheritdoc/>
    public override IEnumerable<(IPAddress Address, string Place)> Gateways(string name) => Settings(name).Gateways();

    /// <inheritdoc/>
    public override void RemoveAddress(string name, InterfaceAddress address, InterfaceAddress? instead) =>
        Settings(name).RemoveAddress(address, instead);

    /// <inheritdoc/>
    public override void Ensure(DesiredInterface wanted)
    {
        if (wanted.Vlan is { } vlan)
            EnsureVlan(wanted, vlan);
        else if (wanted.IsBridge || wanted.Ports.Count > 0)
            EnsureBridge(wanted);

        var settings = Settings(wanted.Name);
        foreach (var address in wanted.Addresses)
            settings.EnsureAddress(address);
        if (wanted.Mtu is { } mtu)
            settings.EnsureMtu(mtu);
        if (wanted.VlanFiltering is { } filtering)
            EnsureFiltering(wanted.Name, filtering);
        if (wanted.Vlans is not null)
            EnsureVlans(wanted);
    }

    private IfupdownSettings Settings(string name) => new(_editor, name, BroadcastOf, NotSupported);

    private void EnsureVlan(DesiredInterface wanted, VlanDetails vlan)
    {
        var made = new IfupdownVlan(wanted.Name, vlan);
        if (made.IsMistaken)
            throw NotSupported(
                $"{wanted.Name} cannot be VLAN {vlan.Id} of {vlan.Parent} in {InterfacesConfiguration.MainPath:unquoted}: ifupdown takes "
                    + $"a name with a full stop for a VLAN of what stands before it (interfaces(5), VLAN INTERFACES). Name it "
                    + $"{vlan.Parent + "." + vlan.Id} if {vlan.Parent} has no full stop, or without one."
            );

        var configuration = _editor.Read();
        if (configuration.Stanzas(wanted.Name) is { Count: > 0 } stanzas)
        {
            if (made.IsMissingIn(stanzas))
                _editor.AddOptions(stanzas[0], $"let ifupdown make {wanted.Name}", made.Options);
            _editor.EnsureAuto(wanted.Name);
            return;
        }

        // bridge-utils makes a VLAN interface that is a bridge's port by itself.
        if (made.IsPlain && wanted.Mtu is null && wanted.Addresses.Count == 0 && configuration.BridgeOf(wanted.Name) is not null)
            return;

        var address = wanted.Addresses.FirstOrDefault(a => !a.IsIPv6);
        string[] first = address is null ? [] : [$"address {address}"];
        string[] last = wanted.Mtu is { } mtu ? [$"mtu {mtu.ToString(CultureInfo.InvariantCulture)}"] : [];
        _editor.AddStanza(wanted.Name, vlan.Parent, address is null ? "inet manual" : "inet static", [.. first, .. made.Options, .. last]);
    }

    private void EnsureBridge(DesiredInterface wanted)
    {
        string[] options = ["bridge-ports none", "bridge-stp off", "bridge-fd 0", "bridge-maxwait 0"];
        if (_editor.Read().Stanzas(wanted.Name) is not { Count: > 0 } stanzas)
            _editor.AddStanza(wanted.Name, wanted.Ports.Count > 0 ? wanted.Ports[0] : null, "inet manual", options);
        else if (_editor.Read().Bridge(wanted.Name) is null)
            _editor.AddOptions(stanzas[0], $"let ifupdown make bridge {wanted.Name}", options);
        if (wanted.IsBridge)
            _editor.EnsureAuto(wanted.Name);

        foreach (var port in wanted.Ports)
            EnsurePort(wanted.Name, port);
    }

    private void EnsurePort(string bridge, string port)
    {
        while (_editor.Read().BridgeOf(port) is { } other && other.Name != bridge)
        {
            var (index, line) = other.Find("bridge-ports")!.Value;
            var left = BridgePorts.Without(line.Value, port);
            if (left == line.Value)
                throw Conflict(
                    $"{other.File.Place(index):unquoted} puts {port} on bridge {other.Name} by a pattern, so it cannot be put on "
                        + $"{bridge}. Name the ports there."
                );
            _editor.Write(other.File, other.File.Replace(index, line.WithValue(left)), $"take {port} off bridge {other.Name}");
        }

        var stanza = _editor.Read().Bridge(bridge)!;
        var (at, ports) = stanza.Find("bridge-ports")!.Value;
        if (!BridgePorts.Has(ports.Value, port))
            _editor.Write(
                stanza.File,
                stanza.File.Replace(at, ports.WithValue(BridgePorts.With(ports.Value, port))),
                $"put {port} on bridge {bridge} at boot"
            );

        var configured = _editor.Read().Stanzas(port).FirstOrDefault(s => s.Method is not ("manual" or ""));
        if (configured is not null)
            Planning.Note(
                $"{configured.Place} gives {port} addresses ({configured.Method}), and as a port of bridge {bridge} it will hear "
                    + $"nothing for them. Move them to {bridge}, or make the method manual."
            );
    }

    private void EnsureFiltering(string name, bool on)
    {
        var stanza = BridgeStanza(name, name);
        var option = stanza.Find("bridge-vlan-aware");
        if ((option?.Line.Value is "yes") == on)
            return;
        var description = on ? $"turn on VLAN filtering of bridge {name} at boot" : $"turn off VLAN filtering of bridge {name} at boot";
        if (option is { } found)
            _editor.Write(stanza.File, stanza.File.Replace(found.Index, found.Line.WithValue(on ? "yes" : "no")), description);
        else
            _editor.AddOptions(
                stanza,
                description,
                stanza.Find("bridge-ports")!.Value.Line.Keyword.Contains('_', StringComparison.Ordinal)
                    ? "bridge_vlan_aware yes"
                    : "bridge-vlan-aware yes"
            );
    }

    private void EnsureVlans(DesiredInterface wanted)
    {
        var configuration = _editor.Read();
        var isBridge = configuration.Bridge(wanted.Name) is not null;
        var bridge = isBridge ? wanted.Name : wanted.Bridge ?? wanted.Master ?? wanted.Name;
        if (configuration.Bridge(bridge) is null && !wanted.VlansAreAsked)
        {
            Planning.Note($"No file of ifupdown makes bridge {bridge}, so the VLANs of {wanted.Name} are not written there.");
            return;
        }

        var stanza = BridgeStanza(bridge, wanted.Name);
        foreach (var foreign in configuration.Stanzas(wanted.Name).Append(stanza))
        {
            if (OtherVlanOptions.FirstOrDefault(o => foreign.Find(o) is not null) is { } option)
                throw NotSupported(
                    $"{foreign.File.Place(foreign.Find(option)!.Value.Index):unquoted} sets VLANs by {option:unquoted}, which is "
                        + $"ifupdown2's; XenVlan writes bridge commands. Change the VLANs of {wanted.Name} there."
                );
        }

        // New ports and bridges begin with VLAN 1.
        var fresh = PortVlans.Access(new VlanId(VlanId.Minimum));
        var commands = BridgeVlanText.Of(stanza, wanted.Name).ToList();
        var now = BridgeVlanText.Result(fresh, commands);
        var vlans = now is null ? wanted.Vlans! : wanted.VlansBeside(now)!;
        if (vlans.Equals(now))
            return;

        // What stands there stays as it is written where there is only more.
        var description = $"allow VLAN {vlans.Allowed} on {wanted.Name} at boot";
        var isMore =
            now is not null && now.Allowed.Except(vlans.Allowed).IsEmpty && now.Pvid == vlans.Pvid && now.Untagged.Equals(vlans.Untagged);
        var lines = BridgeVlanCommands.Between(wanted.Name, isBridge, isMore ? now! : fresh, vlans).Select(s => $"up {s.Do}").ToList();
        if (!isMore && commands.Find(c => stanza.File.Lines[c.Index].DoesMore) is { Words: not null } more)
            throw NotSupported(
                $"{stanza.File.Place(more.Index):unquoted} does more than give {wanted.Name} VLANs, and would be lost if those were "
                    + $"changed. Change the VLANs there."
            );
        if (!isMore && commands.Count > 0)
            _editor.Write(stanza.File, stanza.File.Remove([.. commands.Select(c => c.Index)], new Dictionary<int, string>()), description);
        if (lines.Count > 0)
            _editor.AddOptions(BridgeStanza(bridge, wanted.Name), description, lines);
    }

    private InterfacesStanza BridgeStanza(string bridge, string name) =>
        _editor.Read().Bridge(bridge)
        ?? throw NotSupported(
            $"The VLANs of {name} cannot be made to last: no file of ifupdown makes bridge {bridge} (an iface stanza with "
                + $"bridge_ports). Configure the bridge in {InterfacesConfiguration.MainPath:unquoted} first."
        );
}
