using System.Globalization;
using System.Text;
using XenVlan.Changes.Desired;
using XenVlan.Changes.Persistence.Files;
using XenVlan.Model;

namespace XenVlan.Changes.Persistence.Domains;

/// <summary>
/// Says what would make a change of a NIC on Open vSwitch last: there Xen's script takes all from the text of <c>bridge=</c>.
/// </summary>
internal static class OpenVSwitchNics
{
    /// <summary>Says where what would last is to be written.</summary>
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
            var planning = new FilePlanBuilder(nic.Snapshot, configuration);
            if (new DomainFiles(planning).Find(Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(nic.DomainName))) is not { } file)
                return $"No file under /etc/xen is of {domain}: it was made from elsewhere. To make it last, "
                    + $"{OpenVSwitchNicException.Write(nic, bridge)} there.";
            return Find(file, nic) is { } vif
                ? $"To make it last, write {OpenVSwitchNicException.Words(bridge, vif.Get("script"))} at {file.Path}:{Text(vif.Line)}."
                : $"{file.Path} has no NIC {Text(nic.Index)} of {domain}, which was attached later. "
                    + $"To make it last, add one with {OpenVSwitchNicException.Words(bridge, script: null)} there.";
        }
        catch (XenVlanException exception)
        {
            return $"Which file {domain} is made from is not known: {exception.Message} To make it last, "
                + $"{OpenVSwitchNicException.Write(nic, bridge)} there.";
        }
    }

    // The address finds the NIC in a file whose order was changed since the domain was made.
    private static VifSpec? Find(DomainConfig file, XenDomainNic nic) =>
        nic.Ethernet is not null && file.Vifs.Where(v => v.Mac == nic.Ethernet).ToList() is [var own]
            ? own
            : file.Vifs.FirstOrDefault(v => v.Index == nic.Index && (v.Mac is null || nic.Ethernet is null || v.Mac == nic.Ethernet));

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
