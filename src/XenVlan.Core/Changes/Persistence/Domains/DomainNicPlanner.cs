using System.Globalization;
using System.Text;
using XenVlan.Changes.Persistence.Files;
using XenVlan.Model;

namespace XenVlan.Changes.Persistence.Domains;

/// <summary>Plans the files that make one NIC of a domain last.</summary>
internal sealed class DomainNicPlanner
{
    private readonly FilePlanBuilder _planning;
    private readonly DesiredNic _desired;
    private readonly XenScripts _scripts;
    private readonly DomainFiles _files;
    private readonly VifTable _table;
    private readonly VifRecord? _told;
    private readonly string _nic;
    private readonly VifEntry _before;
    private DomainConfig? _file;
    private VifEntry _entry;

    /// <summary>Begins.</summary>
    /// <param name="planning">The host and its files.</param>
    /// <param name="desired">What is to last.</param>
    /// <param name="domainName">The domain's name.</param>
    public DomainNicPlanner(FilePlanBuilder planning, DesiredNic desired, string domainName)
    {
        _planning = planning;
        planning.OwnDirectory(VifTable.Directory);
        planning.OwnDirectory(VifHook.Directory);
        _desired = desired;
        _scripts = new XenScripts(planning);
        _files = new DomainFiles(planning);
        _table = VifTable.Read(planning);
        _told = planning.Host.Vifs.FirstOrDefault(v => v.DomainId == desired.Vif.DomainId && v.Index == desired.Vif.Index);
        _nic = $"NIC {desired.Vif.Index} of {DisplayText.Clean(domainName)}";

        // A name takes the rest of its line in the table.
        var domain = Bytes(domainName);
        if (domain.Length == 0 || domain.Any(char.IsControl) || domain.StartsWith(' ') || domain.EndsWith(' '))
            throw Errors.On(
                HostName,
                ErrorIds.NotSupported,
                $"The name {domainName} of domain {desired.Vif.DomainId} on host {HostName} cannot "
                    + $"be written to a file: it is empty, has a control character, or a space at an end. Rename the domain (xl "
                    + $"rename), or {new ChangeOnlyWhatRuns()}."
            );
        _file = _files.Find(domain);
        _before = _table.Find(domain, _file is null ? desired.Vif.Index : Spec().Index);
        _entry = _before;
    }

    private string HostName => _planning.Host.HostName;

    private string? ToldBridge => _told?.Bridge is { } name ? Bytes(name) : null;

    private string? ToldMtu => _told?.Mtu?.ToString(CultureInfo.InvariantCulture);

    private bool CanHook => _scripts.RunsHooks(_told?.Script ?? XenScripts.VifBridge);

    /// <summary>Plans the files.</summary>
    /// <exception cref="XenVlanException">As of <see cref="PersistencePlanner.Plan"/>.</exception>
    public void Plan()
    {
        if (_desired.Bridge is { } bridge)
            PlanBridge(Bytes(bridge.Value));
        if (_desired.Mtu is { } mtu)
            PlanMtu(mtu.ToString(CultureInfo.InvariantCulture));

        // A NIC that goes to another bridge does not take its VLANs there.
        if (_desired.Vlans is { } vlans)
            PlanVlans(vlans);
        else if (_desired.Bridge is not null && _before.Vlans is not null && Link()?.PortVlans is { } present)
            PlanVlans(present);
        if (_desired.TransmitChecksum is { } on)
            _entry = _entry with { ChecksumOff = !on };

        WriteTable();
    }

    private void PlanBridge(string bridge)
    {
        var written = _file is null ? null : Spec().Get("bridge") ?? _files.DefaultBridge();
        if (_file is null)
            _planning.Note(
                $"No file of host {DisplayText.Quote(HostName)} under /etc/xen is of the domain of {_nic}: it was made from elsewhere. "
                    + $"Put bridge={DisplayText.Clean(bridge)} for it there too."
            );
        else if (!IsSameBridge(written, bridge))
            WriteKey("bridge", bridge, $"put {_nic} on bridge {DisplayText.Clean(bridge)}");

        _entry = _entry with
        {
            Bridge = IsSameBridge(ToldBridge, bridge) ? Kept(_before.Bridge, bridge) : Rule(_before.Bridge, ToldBridge, bridge),
        };
    }

    private void PlanMtu(string mtu)
    {
        if (_file is null || !_scripts.KnowsMtu)
        {
            _entry = _entry with { Mtu = new VifRule(null, mtu) };
            return;
        }

        WriteKey("mtu", mtu, $"give {_nic} an MTU of {mtu}");
        _entry = _entry with { Mtu = ToldMtu == mtu ? Kept(_before.Mtu, mtu) : Rule(_before.Mtu, ToldMtu, mtu) };
    }

    private void PlanVlans(PortVlans vlans)
    {
        var key = _file is null ? null : Spec().Get("vlan");
        var value = PortVlansText.WriteKey(vlans);
        var byXen = _file is not null && _scripts.AppliesVlan && value is not null;
        var byBridge = vlans.Equals(Fresh());

        // Xen's key stays true where it stands, also where nothing looks at it.
        if (key is not null ? !PortVlansText.KeySays(key, vlans) : byXen && !byBridge)
            WriteKey("vlan", value, $"give {_nic} VLAN {PortVlansText.Write(vlans)}");
        if (byXen && !PortVlansText.KeySays(_told?.Vlan, vlans))
            _planning.Note(
                $"{_nic} has VLAN {value} whenever its domain is created from {_file!.Path}. Until then it gets its old VLANs when the "
                    + $"domain is restored, migrated or rebooted by its guest."
            );
        _entry = _entry with { Vlans = byXen || byBridge ? null : vlans };
    }

    private void WriteKey(string key, string? value, string description)
    {
        var spec = Spec();
        if (spec.Get(key) == value)
            return;
        _file = _file!.With(spec, key, value);
        _planning.Write(_file.Path, _file.Text, description);
    }

    private void WriteTable()
    {
        if (!_entry.IsEmpty && !CanHook)
        {
            var script = _told?.Script ?? XenScripts.VifBridge;
            _planning.Note(
                $"{_nic} is connected by {DisplayText.Clean(script)} of host {DisplayText.Quote(HostName)}, which runs no hooks (Xen's "
                    + $"vif-bridge does since 4.2), so this lasts only until it is connected again: {DisplayText.Clean(Words(_entry))}."
            );
            _entry = new VifEntry(_entry.Domain, _entry.Index);
        }

        if (_entry == _before && _entry.IsEmpty)
            return;

        // A rule for a domain that was made anew since is of no use any more; only for that, no file is written.
        if (_entry != _before)
        {
            _entry = _entry with
            {
                Bridge = IsDone(_entry.Bridge, ToldBridge) ? null : _entry.Bridge,
                Mtu = IsDone(_entry.Mtu, ToldMtu) ? null : _entry.Mtu,
            };
        }

        if (_table.With(_entry) is not { } text)
        {
            _planning.Delete(VifTable.Path, $"connect {_nic} as Xen does by itself");
            if (_planning.Read(VifHook.Path) is not null)
                _planning.Delete(VifHook.Path, "remove the hook that connected NICs");
            return;
        }

        if (_entry != _before)
            _planning.Write(VifTable.Path, text, $"connect {_nic} with {DisplayText.Clean(Words(_entry))}");
        if (!_entry.IsEmpty)
            _planning.Write(VifHook.Path, VifHook.Text, $"connect NICs as {VifTable.Path} says", VifHook.Mode);
    }

    // The address finds the NIC in a file whose order was changed since the domain was made.
    private VifSpec Spec()
    {
        var file = _file!;
        var mac = _told?.Mac;
        if (mac is not null && file.Vifs.Where(v => v.Mac == mac).ToList() is [var own])
            return own;
        if (file.Vifs.FirstOrDefault(v => v.Index == _desired.Vif.Index) is not { } vif)
        {
            var count = file.Vifs.Count is 0 ? "no NIC" : $"only {file.Vifs.Count} of its NICs";
            throw Errors.On(
                HostName,
                ErrorIds.ConfigurationConflict,
                $"{file.Path} has {count:unquoted} in \"vif\", so {_nic:unquoted} on host {HostName} is not in it: it was attached "
                    + $"later. Add it to the file, or {new ChangeOnlyWhatRuns()}."
            );
        }

        return mac is null || vif.Mac is null || vif.Mac == mac
            ? vif
            : throw Errors.On(
                HostName,
                ErrorIds.ConfigurationConflict,
                $"{file.Path:unquoted}:{vif.Line}: this NIC has the address {vif.Mac}, and {_nic:unquoted} on host {HostName}, which "
                    + $"runs, has {mac}; make them agree, or {new ChangeOnlyWhatRuns()}."
            );
    }

    // vif-bridge takes eth0 for xenbr0 where there is no xenbr0 and eth0 is a bridge.
    private bool IsSameBridge(string? told, string bridge) =>
        told == bridge
        || (
            told?.StartsWith("xenbr", StringComparison.Ordinal) == true
            && bridge == "eth" + told["xenbr".Length..]
            && _planning.Host.FindInterface(told) is null
        );

    // What a domain was made with is not known any more once it was made anew, so a rule that leads to the same stays.
    private static VifRule? Kept(VifRule? rule, string wanted) => rule is { Old: not null } r && r.New == wanted ? rule : null;

    private static bool IsDone(VifRule? rule, string? told) => rule is { Old: not null } r && r.New == told;

    private static VifRule? Rule(VifRule? before, string? old, string wanted)
    {
        var rule = new VifRule(old ?? VifRule.Default, wanted);
        return Kept(before, wanted) ?? (VifRule.TryRead(rule.ToString(), out _) ? rule : null);
    }

    private static string Words(VifEntry entry)
    {
        var words = new List<string>();
        if (entry.Bridge is { } bridge)
            words.Add($"bridge {Words(bridge)}");
        if (entry.Vlans is { } vlans)
            words.Add($"VLAN {PortVlansText.Write(vlans)}");
        if (entry.Mtu is { } mtu)
            words.Add($"MTU {Words(mtu)}");
        if (entry.ChecksumOff)
            words.Add("transmit checksum offload off");
        return words.Count == 0 ? "what Xen gives it" : string.Join(", ", words);
    }

    private static string Words(VifRule rule) => rule.Old is null ? rule.New : $"{rule.New} (if made with {rule.Old})";

    // Files are bytes, and names on the host are UTF-8.
    private static string Bytes(string text) => Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(text));

    private NetworkInterface? Link() => _planning.Host.Interfaces.FirstOrDefault(i => i.Vif == _desired.Vif && i.PortVlans is not null);

    private PortVlans Fresh() =>
        _planning.Host.FindInterface(Link()?.Master)?.Bridge?.DefaultPvid is { } pvid ? PortVlans.Access(pvid) : PortVlans.Empty;
}
