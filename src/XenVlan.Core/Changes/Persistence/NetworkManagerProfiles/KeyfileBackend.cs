using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using XenVlan.Changes.Persistence.Common;
using XenVlan.Changes.Persistence.Files;
using XenVlan.Hosts;
using XenVlan.Model;

namespace XenVlan.Changes.Persistence.NetworkManagerProfiles;

/// <summary>
/// NetworkManager's profiles in <c>/etc/NetworkManager/system-connections</c> (nm-settings-keyfile(5)), edited in place.
/// Those in <c>/run</c> are made anew at each boot, by netplan and others, and are not read.
/// </summary>
internal sealed partial class KeyfileBackend : NetworkBackend
{
    private const string Directory = "/etc/NetworkManager/system-connections";

    // A VLAN on a VLAN on a VLAN: more is a circle.
    private const int MaximumDepth = 8;

    // What makes a profile without addresses an invalid one.
    private static readonly string[] NeedingAddresses = ["gateway", "dns", "dns-search"];

    private readonly CachedByVersion<List<Profile>> _profiles;

    /// <summary>Reads and checks the files.</summary>
    public KeyfileBackend(FilePlanBuilder planning)
        : base(planning)
    {
        // It makes an interface again whose profile it still remembers.
        planning.AfterRemoval(Directory, ShellCommand.Of("nmcli", "connection", "reload"));
        var files = new ParsedFileCache<Profile>(planning, (path, text) => new Profile(new IniFile(path, text, isSystemd: false)));
        _profiles = new CachedByVersion<List<Profile>>(
            planning,
            () =>
                [
                    .. planning
                        .FilesIn(Directory)
                        .Where(p => !p.EndsWith('~') && !p.EndsWith(".bak", StringComparison.Ordinal))
                        .Select(files.Get),
                ]
        );
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
    public override IReadOnlyList<string> DefinitionsOf(string name) => [.. For(name).Select(p => p.Place)];

    /// <inheritdoc/>
    public override void Remove(string name)
    {
        foreach (var profile in Profiles.FindAll(p => p.Type is "vlan" && NameOf(p) == name))
            Planning.Delete(profile.Path, $"no longer create {name} at boot");
    }

    /// <inheritdoc/>
    public override IEnumerable<InterfaceAddress> Addresses(string name) =>
        Find(name) is { } profile
            ? AddressesOf(profile, "ipv4")
                .Concat(AddressesOf(profile, "ipv6"))
                .Select(e => ProfileAddress.Parse(e.Value))
                .OfType<InterfaceAddress>()
            : [];

    /// <inheritdoc/>
    public override IEnumerable<ConfiguredPort> Ports() =>
        from profile in Profiles
        let line = profile.File.All("connection", "controller").Concat(profile.File.All("connection", "master")).FirstOrDefault()
        where line is { Value.Length: > 0 }
        let bridge = Profiles.Find(p => p.Uuid == line!.Value) is { } above ? NameOf(above) ?? line!.Value : line!.Value
        select new ConfiguredPort(bridge, NameOf(profile) ?? profile.Path, profile.File.Place(line!));

    /// <inheritdoc/>
    public override IEnumerable<string> TakesIn(string vif)
    {
        foreach (var profile in Profiles.Where(p => p.IsAutomatic))
        {
            var patterns = (profile.Value("match", "interface-name") ?? "").Split(
                [';', ','],
                StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries
            );
            var isNamed = profile.InterfaceName == vif;
            var isMatched =
                profile.InterfaceName is null
                && patterns.Any(p => Glob.Matches(p.TrimStart('|', '&'), vif))
                && !patterns.Any(p => p.TrimStart('|', '&') is ['!', .. var not] && Glob.Matches(not, vif));
            if (!isNamed && !isMatched)
                continue;
            var master = profile.Value("connection", "controller") ?? profile.Value("connection", "master");
            var vlans = profile.Value("bridge-port", "vlans");
            yield return $"{DisplayText.Clean(profile.Place)} is a profile that NetworkManager may bring up on {vif} whenever the NIC "
                + $"appears{(master is null ? "" : $", as a port of {DisplayText.Clean(master)}")}"
                + $"{(vlans is null ? "" : $" with VLAN {DisplayText.Clean(vlans)}")}. What XenVlan gives it can then be lost. "
                + $"Leave {vif} out there.";
        }
    }

    /// <inheritdoc/>
    public override IEnumerable<(IPAddress Address, string Place)> Gateways(string name)
    {
        if (Find(name) is not { } profile)
            yield break;
        foreach (var line in profile.File.Entries.Where(e => e.Section is "ipv4" or "ipv6"))
        {
            var gateway =
                line.Key is "gateway" ? (InterfaceAddress.TryParseAddress(line.Value, out var only) ? only : null)
                : Numbered().IsMatch(line.Key!) ? ProfileAddress.Gateway(line.Value)
                : null;
            if (gateway is not null)
                yield return (gateway, profile.File.Place(line));
        }
    }

    /// <inheritdoc/>
    public override void RemoveAddress(string name, InterfaceAddress address, InterfaceAddress? instead)
    {
        var section = address.IsIPv6 ? "ipv6" : "ipv4";
        var description = Exchange(name, address, instead);
        var profile = Find(name)!;
        if (AddressesOf(profile, section).Where(e => address.Equals(ProfileAddress.Parse(e.Value))).ToList() is not [var first, ..] gone)
            return;

        // What stands beside the address stays where it stands, for the one instead, or goes to another of its network.
        var file = profile.File;
        if (instead is not null)
            file = new IniFile(file.Path, file.With(first, ProfileAddress.With(first.Value, instead)), isSystemd: false);
        else if (ProfileAddress.Gateway(first.Value) is { } gateway)
        {
            var other =
                AddressesOf(profile, section)
                    .Except(gone)
                    .FirstOrDefault(e =>
                        ProfileAddress.Parse(e.Value) is { } its && its.NetworkContains(gateway) && ProfileAddress.Gateway(e.Value) is null
                    )
                ?? throw NotSupported(
                    $"{file.Place(first):unquoted} has the gateway {gateway} beside {address}, and no other line of it has an address of "
                        + $"that network. Move the gateway first, or remove it."
                );
            file = new IniFile(file.Path, file.With(other, $"{ProfileAddress.Parse(other.Value)},{gateway}"), isSystemd: false);
        }

        // NetworkManager sorts the numbers, and minds no gap; "manual" without an address is an error to it.
        var numbers = gone.Skip(instead is null ? 0 : 1).Select(l => l.Number).ToHashSet();
        Write(profile, string.Concat(file.Lines.Where(l => !numbers.Contains(l.Number)).Select(l => l.Raw)), description);
        if (AddressesOf(Find(name)!, section).Count == 0 && Find(name)!.Value(section, "method") is "manual")
        {
            profile = Find(name)!;
            if (
                profile.File.Entries.FirstOrDefault(e =>
                    e.Section == section && NeedingAddresses.Contains(e.Key, StringComparer.Ordinal) && e.Value.Length > 0
                ) is
                { } needing
            )
                throw NotSupported(
                    $"{profile.File.Place(needing):unquoted} says {needing.Key:unquoted}, which NetworkManager takes only beside an "
                        + $"address, and {name} is to have none of that family. Remove that line first."
                );
            Set(name, section, "method", address.IsIPv6 ? "link-local" : "disabled", description);
        }
    }

    /// <inheritdoc/>
    public override void Ensure(DesiredInterface wanted)
    {
        var name = wanted.Name;
        if (Find(name) is null)
        {
            if (wanted.Vlan is null && !wanted.IsBridge && wanted.Bridge is null)
            {
                if (wanted is { Mtu: null, Addresses.Count: 0, VlanFiltering: null, VlansAreAsked: false })
                    return;
                throw NotSupported(
                    $"No profile in {Directory:unquoted} is for {name}, so what is wanted of it cannot be written there. Make one: "
                        + $"{ShellCommand.Of("nmcli", "connection", "add", "ifname", name).Text:unquoted} …."
                );
            }

            WriteNew(NewPath(name), name, ProfileText.Of(wanted), $"create {name} at boot", "0600");
        }

        if (wanted.Vlan is { } vlan)
            EnsureVlan(name, vlan);
        if (wanted.Bridge is { } bridge)
            EnsurePort(name, bridge);
        foreach (var address in wanted.Addresses)
            EnsureAddress(name, address);
        if (wanted.Mtu is { } mtu)
            Set(
                name,
                "ethernet",
                "mtu",
                mtu.ToString(CultureInfo.InvariantCulture),
                $"give {name} an MTU of {mtu.ToString(CultureInfo.InvariantCulture)} at boot"
            );
        if (wanted.VlanFiltering is { } on)
            Set(
                name,
                "bridge",
                "vlan-filtering",
                on ? "true" : "false",
                on ? $"turn on VLAN filtering of bridge {name} at boot" : $"turn off VLAN filtering of bridge {name} at boot",
                ifAbsent: "false"
            );
        if (wanted.Vlans is not null)
            EnsureVlans(wanted);
    }

    // A file's name says nothing to NetworkManager, so that of another profile may be taken; its own next choice is this one
    // (nms-keyfile-writer.c). Of profiles with one identifier it takes one.
    private string NewPath(string name)
    {
        var uuid = ProfileText.Uuid(name);
        if (Profiles.Find(p => p.Uuid == uuid) is { } other)
            throw Conflict(
                $"{other.Path} has the identifier {uuid:unquoted}, which a profile for {name} would get, and is for "
                    + $"something else. Give it another one (uuidgen)."
            );
        var path = $"{Directory}/{name}.nmconnection";
        return Planning.Read(path) is null ? path : $"{Directory}/{name}-{uuid}.nmconnection";
    }

    private void EnsureVlan(string name, VlanDetails vlan)
    {
        var description = $"create {name} at boot";
        if (!VlanId.TryParse(Find(name)!.Value("vlan", "id"), out var id) || id != vlan.Id)
            Set(name, "vlan", "id", vlan.Id.ToString()!, description);
        EnsureParent(name, vlan.Parent, description);
        Set(name, "vlan", "protocol", vlan.Protocol is VlanProtocol.Dot1AD ? "802.1ad" : "802.1Q", description, ifAbsent: "802.1Q");
    }

    // The parent may be named by its profile's identifier, or by its MAC address alone.
    private void EnsureParent(string name, string parent, string description)
    {
        var profile = Find(name)!;
        if (profile.Value("vlan", "parent") is not { } now)
        {
            if (
                !MacAddress.TryParse(profile.Value("ethernet", "mac-address"), out var mac)
                || Planning.Host.FindInterface(parent)?.Mac != mac
            )
                Set(name, "vlan", "parent", parent, description);
        }
        else if (Guid.TryParseExact(now, "D", out _) && !Profiles.Exists(p => p.Uuid == now))
            Planning.Note(
                $"{profile.File.Place(profile.File.All("vlan", "parent").Last())} names the parent of {name} by the identifier of a "
                    + $"profile that is not in {Directory}, so whether that is {parent}'s is not known. It is left as it is."
            );
        else if (!Is(now, parent))
            Set(name, "vlan", "parent", parent, description);
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
        var description = $"add {address} to {name} at boot";
        var entries = AddressesOf(Find(name)!, section);
        if (!entries.Exists(e => address.Equals(ProfileAddress.Parse(e.Value))))
        {
            var number = Enumerable
                .Range(1, entries.Count + 1)
                .First(n =>
                    !entries.Exists(e => e.Key!.AsSpan().TrimStart("adres").SequenceEqual(n.ToString(CultureInfo.InvariantCulture)))
                );
            Set(name, section, $"address{number.ToString(CultureInfo.InvariantCulture)}", address.ToString(), description);
        }

        if (Find(name)!.Value(section, "method") is "disabled" or "ignore" or "link-local")
            Set(name, section, "method", "manual", description);
    }

    private static List<IniLine> AddressesOf(Profile profile, string section) =>
        [
            .. profile.File.Entries.Where(e =>
                e.Section == section && e.Key!.StartsWith("address", StringComparison.Ordinal) && Numbered().IsMatch(e.Key)
            ),
        ];

    private void EnsureVlans(DesiredInterface wanted)
    {
        var profile = Find(wanted.Name)!;
        var bridge = profile.Type is "bridge" ? profile : Find(wanted.Bridge ?? wanted.Master ?? "");
        var section = profile.Type is "bridge" ? "bridge" : "bridge-port";
        var added = AdditivePortVlans.For(bridge?.Value("bridge", "vlan-default-pvid"));
        NoteStaying(wanted, added);
        var there = profile.Value(section, "vlans");
        var configured = ProfileText.ParseVlans(there);
        var vlans = wanted.VlansBeside(added.With(configured))!;
        if (added.IsSatisfiedBy(configured, vlans))
            return;

        // What stands there stays as it is written where there is only more.
        var needed = added.Missing(vlans);
        var isMore =
            !string.IsNullOrWhiteSpace(there)
            && configured.Allowed.Except(needed.Allowed).IsEmpty
            && configured.Pvid == needed.Pvid
            && configured.Untagged.Equals(needed.Untagged);
        var text = isMore
            ? $"{there!.TrimEnd().TrimEnd(',')}, {ProfileText.Vlans(PortVlans.Trunk(needed.Allowed.Except(configured.Allowed), null))}"
            : ProfileText.Vlans(needed);
        var description = $"allow VLAN {vlans.Allowed} on {wanted.Name} at boot";
        Write(profile, text.Length == 0 ? profile.Without(section, "vlans") : profile.With(section, "vlans", text), description);
    }

    private void Set(string name, string section, string key, string value, string description, string? ifAbsent = null)
    {
        var profile = Find(name)!;
        if ((profile.Value(section, key) ?? ifAbsent) != value)
            Write(profile, profile.With(section, key, value), description);
    }

    private void Write(Profile profile, string text, string description)
    {
        if (text != profile.File.Text)
            Planning.Write(profile.Path, text, description, "0600");
    }

    private Profile? Find(string name) =>
        For(name) switch
        {
            [] => null,
            [var only] => only,
            var several => throw Conflict(
                $"Several profiles of NetworkManager are for {name}: {string.Join(", ", several.Select(p => p.Place)):unquoted}. Keep "
                    + $"one, or set autoconnect=false in the others."
            ),
        };

    // A profile that does not come up by itself counts only where there is no other.
    private List<Profile> For(string name)
    {
        var all = Profiles.FindAll(p => IsFor(p, name));
        return all.Exists(p => p.IsAutomatic) ? all.FindAll(p => p.IsAutomatic) : all;
    }

    private List<Profile> Profiles => _profiles.Value;

    private bool IsFor(Profile profile, string name) =>
        NameOf(profile) is { } its
            ? its == name
            : profile.Type is "ethernet"
                && Planning.Host.FindInterface(name) is { Kind: InterfaceKind.Physical, Mac: { } mac }
                && MacAddress.TryParse(profile.Value("ethernet", "mac-address"), out var wanted)
                && wanted.Equals(mac);

    // A VLAN's profile that gives no name gets that of its parent and its id.
    private string? NameOf(Profile profile, int depth = 0)
    {
        if (
            profile.InterfaceName is not null
            || profile.Type is not "vlan"
            || depth > MaximumDepth
            || profile.Value("vlan", "parent") is not { } parent
            || !VlanId.TryParse(profile.Value("vlan", "id"), out var id)
        )
            return profile.InterfaceName;
        if (Profiles.Find(p => p.Uuid == parent) is { } below)
            parent = NameOf(below, depth + 1) ?? Planning.Host.Interfaces.FirstOrDefault(i => IsFor(below, i.Name))?.Name;
        return parent is null ? null : $"{parent}.{id}";
    }

    private bool Is(string value, string name) => value == name || Profiles.Exists(p => p.Uuid == value && IsFor(p, name));

    [GeneratedRegex(@"\A(address(es)?|routes?)[0-9]*\z", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Numbered();
}
