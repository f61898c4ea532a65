using XenVlan.PowerShell.Running;

namespace XenVlan.PowerShell.Completion;

/// <summary>Offers the names of network interfaces.</summary>
public sealed class InterfaceCompleter : NameCompleter
{
    private protected override IEnumerable<string> NamesIn(KnownNames known) => known.Interfaces;
}
