using System.Globalization;
using XenVlan.Model;

namespace XenVlan.Changes.Desired;

/// <summary>A domain's NIC on Open vSwitch is not changed: the commands that would, and what would make it last.</summary>
public sealed class OpenVSwitchNicException : XenVlanException
{
    private const string Script = "vif-openvswitch";

    private readonly Message _commands;

    /// <summary>Refuses a change of a host whose files were not read.</summary>
    /// <param name="nic">The NIC.</param>
    /// <param name="commands">What would do it while the domain runs, in sentences.</param>
    /// <param name="bridge">What to write behind <c>bridge=</c> for Xen's script; null where no text there makes it last.</param>
    internal OpenVSwitchNicException(XenDomainNic nic, Message commands, string? bridge)
        : this(nic, commands, bridge, Lasting(nic, bridge)) { }

    /// <summary>Makes the error.</summary>
    /// <param name="nic">The NIC.</param>
    /// <param name="commands">What would do it while the domain runs, in sentences.</param>
    /// <param name="bridge">
    /// What to write behind <c>bridge=</c> for Xen's <c>vif-openvswitch</c>; null where that script cannot make it last.
    /// </param>
    /// <param name="lasting">What would make it last, in sentences.</param>
    private OpenVSwitchNicException(XenDomainNic nic, Message commands, string? bridge, string lasting)
        : base(ErrorIds.NotSupported, Model.Message.Of($"{commands} {lasting:unquoted}"), nic.HostName, cause: null)
    {
        Nic = nic;
        Bridge = bridge;
        _commands = commands;
    }

    /// <summary>The NIC.</summary>
    internal XenDomainNic Nic { get; }

    /// <summary>What to write behind <c>bridge=</c>; null where no text there makes it last.</summary>
    internal string? Bridge { get; }

    /// <summary>The error with more about what would make it last.</summary>
    /// <param name="lasting">That, in sentences.</param>
    internal OpenVSwitchNicException With(string lasting) => new(Nic, _commands, Bridge, lasting);

    /// <summary>What to do in a domain's file, in words.</summary>
    /// <param name="nic">The NIC.</param>
    /// <param name="bridge">What to write behind <c>bridge=</c>.</param>
    internal static string Write(XenDomainNic nic, string bridge)
    {
        var told = nic.Snapshot.Vifs.FirstOrDefault(v => v.DomainId == nic.DomainId && v.Index == nic.Index);
        return string.Create(CultureInfo.InvariantCulture, $"write {Words(bridge, told?.Script)} for NIC {nic.Index}");
    }

    /// <summary>What a NIC's entry needs: the bridge, and the script where it names another or none.</summary>
    /// <param name="bridge">What to write behind <c>bridge=</c>.</param>
    /// <param name="script">The script that the entry names; null for none.</param>
    internal static string Words(string bridge, string? script) =>
        $"bridge={DisplayText.Clean(bridge, int.MaxValue)}{(script?.Split('/')[^1] is Script ? "" : $",script={Script}")}";

    private static string Lasting(XenDomainNic nic, string? bridge)
    {
        var domain = DisplayText.Clean(nic.DomainName);
        if (nic.Snapshot.Toolstack is Toolstack.Xapi)
        {
            return "XAPI keeps the NICs of its domains in its own database and makes them from it: what is done like this is lost when the "
                + "NIC is plugged in again. To make it last, give the NIC a network of that VLAN there "
                + "(xe vif-list, xe network-list, xe vif-create).";
        }

        return bridge is null
            ? $"Nothing in the file of a domain makes a native VLAN last there: Xen's {Script} sets no vlan_mode, and a port with a "
                + $"tag and without a mode carries that VLAN only. Run it again whenever {domain} was started or migrated."
            : $"To make it last, {Write(nic, bridge)} in the file that {domain} is made from, which was not looked for.";
    }
}
