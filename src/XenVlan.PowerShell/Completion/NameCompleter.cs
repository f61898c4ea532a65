using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using XenVlan.PowerShell.Running;

namespace XenVlan.PowerShell.Completion;

/// <summary>
/// Offers names a host had when it was last read in this session. Completion asks no host: it would make every Tab wait
/// for the network.
/// </summary>
public abstract class NameCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName,
        string parameterName,
        string wordToComplete,
        CommandAst commandAst,
        IDictionary fakeBoundParameters
    )
    {
        ArgumentNullException.ThrowIfNull(fakeBoundParameters);
        var hosts = fakeBoundParameters[nameof(HostCmdlet.HostName)] is { } given
            ? LanguagePrimitives.ConvertTo<string[]>(given)
            : [XenVlan.Hosts.HostTarget.Local.Name];
        return CompletionText.Complete(wordToComplete, hosts.Select(ModuleSession.NamesOf).OfType<KnownNames>().SelectMany(NamesIn));
    }

    /// <summary>The names to offer.</summary>
    private protected abstract IEnumerable<string> NamesIn(KnownNames known);
}
