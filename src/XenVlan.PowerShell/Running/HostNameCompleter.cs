using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace XenVlan.PowerShell.Running;

/// <summary>Offers the aliases of the user's ssh_config, and hosts that were read in this session.</summary>
public sealed class HostNameCompleter : IArgumentCompleter
{
    private static readonly char[] Separators = [' ', '\t', '='];

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
        var config =
            fakeBoundParameters[nameof(HostCmdlet.SshConfigFile)]?.ToString()
            ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".ssh", "config");
        return CompletionText.Complete(wordToComplete, Aliases(config).Concat(ModuleSession.HostNames));
    }

    // ssh_config(5): a line "Host" names patterns, of which those without wildcard or negation are aliases.
    private static IEnumerable<string> Aliases(string config)
    {
        if (!File.Exists(config))
            return [];
        return File.ReadLines(config)
            .Select(line => line.Split(Separators, StringSplitOptions.RemoveEmptyEntries))
            .Where(words => words.Length > 1 && string.Equals(words[0], "Host", StringComparison.OrdinalIgnoreCase))
            .SelectMany(words => words.Skip(1))
            .Select(word => word.Trim('"'))
            .Where(word => word.Length > 0 && word.IndexOfAny(['*', '?', '!', '#']) < 0);
    }
}
