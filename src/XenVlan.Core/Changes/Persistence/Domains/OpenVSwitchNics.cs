using System.Globalization;
using System.Text;
using XenVlan.Model;

namespace XenVlan.Changes.Persistence.Domains;

/// <summary>
/// Says what would make a change of a NIC on Open vSwitch last: there Xen's script takes all from the text of <c>bridge=</c>.
/// </summary>
internal static class OpenVSwitchNics
{
    private const string Script = "vif-openvswitch";

    /// <summary>Refuses a change.</summary>
    /// <param name="nic">The NIC.</param>
    /// <param name="commands">What would do it while the domain runs, in sentences.</param>
    /// <param name="bridge">What to write behind <c>bridge=</c>; null where no text there makes it last.</param>
    /// <returns>The refusal, of a host whose files were not read.</returns>
    public static OpenVSwitchNicException Refuse(XenDomainNic nic, string commands, string? bridge)
    {
        var domain = DisplayText.Clean(nic.DomainName);
        var lasting = nic.Snapshot.Toolstack is Toolstack.Xapi
            ? "XAPI keeps the NICs of its domains in its own database and makes them from it: what is done like this is lost when the "
                + "NIC is plugged in again. To make it last, give the NIC a network of that VLAN there "
                + "(xe vif-list, xe network-list, xe vif-create)."
            : bridge is null
                ? $"Nothing in the file of a domain makes a native VLAN last there: Xen's {Script} sets no vlan_mode, and a port with a "
                    + $"tag and without a mode carries that VLAN only. Run it again whenever {domain} was started or migrated."
                : $"To make it last, {Write(nic, bridge)} in the file that {domain} is made from, which was not looked for.";
        return new OpenVSwitchNicException(nic, commands, bridge, lasting);
    }

    /// <summary>Says where what would last is to be written.</summary>
    /// <param name="refusal">The refusal.</param>
    /// <param name="configuration">The host's files.</param>
    /// <returns>The refusal to show.</returns>
    public static OpenVSwitchNicException Explain(OpenVSwitchNicException refusal, HostConfiguration configuration) =>
        refusal.Bridge is { } bridge && refusal.Nic.Snapshot.Toolstack is not Toolstack.Xapi
            ? refusal.With(Lasting(refusal.Nic, bridge, configuration))
            : refusal;

    private static string Lasting(XenDomainNic nic, string bridge, HostConfiguration configuration)
    {
        var domain = DisplayText.Clean(nic.DomainName);
        try
        {
            var planning = new PersistentPlanning(nic.Snapshot, configuration);
            if (new DomainFiles(planning).Find(Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(nic.DomainName))) is not { } file)
                return $"No file under /etc/xen is of {domain}: it was made from elsewhere. To make it last, {Write(nic, bridge)} there.";
            return Find(file, nic) is { } vif
                ? $"To make it last, write {Words(bridge, IsOpenVSwitch(vif.Get("script")))} at {file.Path}:{Text(vif.Line)}."
                : $"{file.Path} has no NIC {Text(nic.Index)} of {domain}, which was attached later. "
                    + $"To make it last, add one with {Words(bridge, hasScript: false)} there.";
        }
        catch (XenVlanException exception)
        {
            return $"Which file {domain} is made from is not known: {exception.Message} To make it last, {Write(nic, bridge)} there.";
        }
    }

    // The address finds the NIC in a file whose order was changed since the domain was made.
    private static VifSpec? Find(DomainConfig file, XenDomainNic nic) =>
        nic.Mac is not null && file.Vifs.Where(v => v.Mac == nic.Mac).ToList() is [var own]
            ? own
            : file.Vifs.FirstOrDefault(v => v.Index == nic.Index && (v.Mac is null || nic.Mac is null || v.Mac == nic.Mac));

    private static string Write(XenDomainNic nic, string bridge)
    {
        var told = nic.Snapshot.Vifs.FirstOrDefault(v => v.DomainId == nic.DomainId && v.Index == nic.Index);
        return $"write {Words(bridge, IsOpenVSwitch(told?.Script))} for NIC {Text(nic.Index)}";
    }

    private static bool IsOpenVSwitch(string? script) => script?.Split('/')[^1] is Script;

    private static string Words(string bridge, bool hasScript) =>
        $"bridge={DisplayText.Clean(bridge, int.MaxValue)}{(hasScript ? "" : $",script={Script}")}";

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
