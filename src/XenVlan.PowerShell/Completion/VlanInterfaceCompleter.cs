using XenVlan.PowerShell.Running;

namespace XenVlan.PowerShell.Completion;

/// <summary>Offers the names of VLAN interfaces.</summary>
public sealed class VlanInterfaceCompleter : NameCompleter
{
    private protected override IEnumerable<string> NamesIn(KnownNames known) => known.VlanInterfaces;
}
