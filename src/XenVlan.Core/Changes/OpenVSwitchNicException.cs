using XenVlan.Model;

namespace XenVlan.Changes;

/// <summary>A domain's NIC on Open vSwitch is not changed: the commands that would, and what would make it last.</summary>
public sealed class OpenVSwitchNicException : XenVlanException
{
    private readonly string _commands;

    /// <summary>Makes the error.</summary>
    /// <param name="nic">The NIC.</param>
    /// <param name="commands">What would do it while the domain runs, in sentences.</param>
    /// <param name="bridge">
    /// What to write behind <c>bridge=</c> for Xen's <c>vif-openvswitch</c>; null where that script cannot make it last.
    /// </param>
    /// <param name="lasting">What would make it last, in sentences.</param>
    internal OpenVSwitchNicException(XenDomainNic nic, string commands, string? bridge, string lasting)
        : base(ErrorIds.NotSupported, $"{commands} {lasting}", nic.HostName)
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
    /// <returns>The error.</returns>
    internal OpenVSwitchNicException With(string lasting) => new(Nic, _commands, Bridge, lasting);
}
