using XenVlan.PowerShell.Running;

namespace XenVlan.PowerShell.Completion;

/// <summary>Offers the names of bridges.</summary>
public sealed class BridgeCompleter : NameCompleter
{
    private protected override IEnumerable<string> NamesIn(KnownNames known) => known.Bridges;
}
