using XenVlan.PowerShell.Running;

namespace XenVlan.PowerShell.Completion;

/// <summary>Offers the names of running domains.</summary>
public sealed class DomainNameCompleter : NameCompleter
{
    private protected override IEnumerable<string> NamesIn(KnownNames known) => known.Domains;
}
