using System.Globalization;
using XenVlan.Changes.Persistence.Networks;
using XenVlan.Model;

namespace XenVlan.Changes.Persistence.Keyfiles;

/// <summary>
/// NetworkManager's profiles in <c>/etc/NetworkManager/system-connections</c> (nm-settings-keyfile(5)), edited in place.
/// Those in <c>/run</c> are made anew at each boot, by netplan and others, and are not read.
/// </summary>
internal sealed class KeyfileBackend : NetworkBackend
{
    private const string Directory = "/etc/NetworkManager/system-connections";

    private readonly Cached<List<Profile>> _profiles;

    /// <summary>Reads and checks the files.</summary>
    /// <param name="planning">The files so far.</param>
    public KeyfileBackend(PersistentPlanning planning)
        : base(planning)
    {
        var files = new ParsedFiles<Profile>(planning, (path, text) => new Profile(new IniFile(path, text, isSystemd: false)));
        _profiles = new Cached<List<Profile>>(planning, () =>
            [.. planning.In(Directory).Where(p => !p.EndsWith('~') && !p.EndsWith(".bak", StringComparison.Ordinal)).Select(files.Get)]);
        foreach (var profile in Profiles)
        {
            if (profile.File.FindProblem() is { } found)
                throw Invalid(profile.File.Place(found.Line), found.Problem);
        }
    }

    /// <summary>What is read.</summary>
    public static IReadOnlyList<string> Patterns { get; } = [Directory + "/*"];

    /// <inheritdoc/>
    public override string Name => "NetworkManager";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Places(string name) => [.. For(name).Select(p => p.Place)];

    /// <inheritdoc/>
    public override void Remove(string name)
    {
        foreach (var profile in Profiles.FindAll(p => p.Type is "vlan" && string.Equals(p.InterfaceName, name, StringComparison.Ordinal)))
            Planning.Delete(profile.Path, $"let {name} not come back at boot");
    }

    /// <inheritdoc/>
    public override IEnumerable<InterfaceAddress> Addresses(string name) => Find(name) is { } profile
        ? AddressesOf(profile, "ipv4").Concat(AddressesOf(profile, "ipv6")).Select(e => AddressOf(e.Value)).OfType<InterfaceAddress>()
        : [];

    /// <inheritdoc/>
    public override void RemoveAddress(string name, InterfaceAddress address, InterfaceAddress? instead)
    {
        var section = address.IsIPv6 ? "ipv6" : "ipv4";
        var description = $"let {name} not have the address {address} at boot";
        var profile = Find(name)!;
        var gone = AddressesOf(profile, section).Where(e => AddressOf(e.Value) is { } there && there.Equals(address)).ToList();
        if (gone.Count == 0)
            return;

        // NetworkManager sorts the numbers, and minds no gap; "manual" without an address is an error to it.
        Write(profile, string.Concat(profile.File.Lines.Except(gone).Select(l => l.Raw)), description);
        if (AddressesOf(Find(name)!, section).Count == 0 && Find(name)!.Value(section, "method") is "manual")
        {
            Write(Find(name)!, Find(name)!.Without(section, "gateway"), description);
            Set(name, section, "method", address.IsIPv6 ? "link-local" : "disabled", description);
        }
    }

    /// <inheritdoc/>
    public override void Ensure(WantedInterface wanted)
    {
        var name = wanted.Name;
        if (Find(name) is null)
        {
            if (wanted.Vlan is null && !wanted.IsBridge && wanted.Bridge is null)
            {
                if (wanted is { Mtu: null, Addresses.Count: 0, VlanFiltering: null, VlansAreAsked: false })
                    return;
                throw NotSupported($"No profile in {Directory} is for {name}, so what is wanted of it cannot be written there. Make one: nmcli connection add ifname {name} ….");
            }

            Planning.Write($"{Directory}/{name}.nmconnection", ProfileText.Of(wanted), $"let {name} come back at boot", "0600");
        }

        if (wanted.Vlan is { } vlan)
            EnsureVlan(name, vlan);
        if (wanted.Bridge is { } bridge)
            EnsurePort(name, bridge);
        foreach (var address in wanted.Addresses)
            EnsureAddress(name, address);
        if (wanted.Mtu is { } mtu)
            Set(name, "ethernet", "mtu", mtu.ToString(CultureInfo.InvariantCulture), $"give {name} an MTU of {mtu.ToString(CultureInfo.InvariantCulture)} at boot");
        if (wanted.VlanFiltering is { } on)
            Set(name, "bridge", "vlan-filtering", on ? "true" : "false", on ? $"let bridge {name} look at VLAN tags at boot" : $"let bridge {name} ignore VLAN tags at boot", ifAbsent: "false");
        if (wanted.Vlans is { } vlans)
            EnsureVlans(wanted, vlans);
    }

    private void EnsureVlan(string name, VlanDetails vlan)
    {
        var description = $"let {name} come back at boot";
        Set(name, "vlan", "id", vlan.Id.ToString()!, description);
        if (Find(name)!.Value("vlan", "parent") is not { } parent || !Is(parent, vlan.Parent))
            Set(name, "vlan", "parent", vlan.Parent, description);
        Set(name, "vlan", "protocol", vlan.Protocol is VlanProtocol.Dot1AD ? "802.1ad" : "802.1Q", description, ifAbsent: "802.1Q");
    }

    // Since 1.46 the keys are controller and port-type; every version reads these.
    private void EnsurePort(string name, string bridge)
    {
        var description = $"put {name} on bridge {bridge} at boot";
        var profile = Find(name)!;
        if ((profile.Value("connection", "controller") ?? profile.Value("connection", "master")) is not { } now || !Is(now, bridge))
        {
            Write(profile, profile.Without("connection", "controller"), description);
            Set(name, "connection", "master", bridge, description);
        }

        profile = Find(name)!;
        if ((profile.Value("connection", "port-type") ?? profile.Value("connection", "slave-type")) is not "bridge")
        {
            Write(profile, profile.Without("connection", "port-type"), description);
            Set(name, "connection", "slave-type", "bridge", description);
        }
    }

    private void EnsureAddress(string name, InterfaceAddress address)
    {
        var section = address.IsIPv6 ? "ipv6" : "ipv4";
        var description = $"give {name} the address {address} at boot";
        var entries = AddressesOf(Find(name)!, section);
        if (!entries.Exists(e => AddressOf(e.Value) is { } there && there.Equals(address)))
        {
            var number = Enumerable.Range(1, entries.Count + 1).First(n => !entries.Exists(e => e.Key!.EndsWith("s" + n, StringComparison.Ordinal)));
            Set(name, section, $"address{number.ToString(CultureInfo.InvariantCulture)}", address.ToString(), description);
        }

        if (Find(name)!.Value(section, "method") is "disabled" or "ignore" or "link-local")
            Set(name, section, "method", "manual", description);
    }

    private static List<IniLine> AddressesOf(Profile profile, string section) =>
        [.. profile.File.Entries.Where(e => string.Equals(e.Section, section, StringComparison.Ordinal) && e.Key!.StartsWith("address", StringComparison.Ordinal))];

    private void EnsureVlans(WantedInterface wanted, PortVlans vlans)
    {
        var profile = Find(wanted.Name)!;
        var bridge = profile.Type is "bridge" ? profile : Find(wanted.Bridge ?? wanted.Master ?? "");
        var section = profile.Type is "bridge" ? "bridge" : "bridge-port";
        var added = AddedVlans.For(bridge?.Value("bridge", "vlan-default-pvid"));
        NoteStaying(wanted, added);
        if (added.Suffice(ProfileText.ParseVlans(profile.Value(section, "vlans")), vlans))
            return;

        var text = ProfileText.Vlans(added.Needed(vlans));
        var description = $"let {wanted.Name} pass VLAN {vlans.Allowed} at boot";
        Write(profile, text.Length == 0 ? profile.Without(section, "vlans") : profile.With(section, "vlans", text), description);
    }

    private void Set(string name, string section, string key, string value, string description, string? ifAbsent = null)
    {
        var profile = Find(name)!;
        if (!string.Equals(profile.Value(section, key) ?? ifAbsent, value, StringComparison.Ordinal))
            Write(profile, profile.With(section, key, value), description);
    }

    private void Write(Profile profile, string text, string description)
    {
        if (!string.Equals(text, profile.File.Text, StringComparison.Ordinal))
            Planning.Write(profile.Path, text, description, "0600");
    }

    private Profile? Find(string name) => For(name) switch
    {
        [] => null,
        [var only] => only,
        var several => throw Conflict($"Several profiles of NetworkManager are for {name}: {string.Join(", ", several.Select(p => p.Place))}. Keep one, or set autoconnect=false in the others."),
    };

    // A profile that does not come up by itself counts only where there is no other.
    private List<Profile> For(string name)
    {
        var mac = Planning.Host.FindInterface(name) is { Kind: InterfaceKind.Physical, Mac: { } own } ? own : (MacAddress?)null;
        var all = Profiles.Where(p => p.InterfaceName is { } its
            ? string.Equals(its, name, StringComparison.Ordinal)
            : p.Type is "ethernet" && mac is not null && MacAddress.TryParse(p.Value("ethernet", "mac-address"), out var wanted) && wanted.Equals(mac.Value)).ToList();
        return all.Exists(p => p.IsAutomatic) ? all.FindAll(p => p.IsAutomatic) : all;
    }

    private List<Profile> Profiles => _profiles.Value;

    private bool Is(string value, string name) =>
        string.Equals(value, name, StringComparison.Ordinal) || Profiles.Exists(p => string.Equals(p.Uuid, value, StringComparison.Ordinal) && string.Equals(p.InterfaceName, name, StringComparison.Ordinal));

    // 10.0.0.1/24,10.0.0.254 with a gateway, or 10.0.0.1;24;10.0.0.254; as very old versions wrote it.
    private static InterfaceAddress? AddressOf(string value) =>
        InterfaceAddress.TryParse(value.Split(',')[0].Trim(), out var address) ? address
        : value.Split(';') is [var ip, var length, ..] && InterfaceAddress.TryParse($"{ip}/{length}", out address) ? address
        : null;
}
