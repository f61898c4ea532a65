using System.Collections;
using System.Globalization;
using System.Management.Automation;
using XenVlan.Changes.Transactions;
using XenVlan.Model;

namespace XenVlan.PowerShell.Running;

/// <summary>What all cmdlets that reach hosts over SSH share: how to reach them.</summary>
public abstract class SshCmdlet : XenVlanCmdlet
{
    private readonly HashSet<string> _given = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The user to log in as.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? UserName { get; set; }

    /// <summary>The port of the SSH server, 1 to 65535.</summary>
    [Parameter]
    [ValidateRange(1, 65535)]
    public int Port { get; set; }

    /// <summary>The file of the private key to offer.</summary>
    [Parameter]
    [Alias("IdentityFilePath")]
    [ValidateNotNullOrEmpty]
    public string? KeyFilePath { get; set; }

    /// <summary>How long connecting may take, in milliseconds; ssh counts whole seconds, so it is rounded up.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int ConnectingTimeout { get; set; }

    /// <summary>Further options of ssh_config(5), by name.</summary>
    [Parameter]
    [ValidateNotNull]
    public Hashtable? Options { get; set; }

    /// <summary>The ssh_config to read in place of the user's and the system's.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? SshConfigFile { get; set; }

    /// <summary>How to reach hosts, where the user says something of it; null where not.</summary>
    private protected SshSettings? Settings { get; private set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        _given.UnionWith(MyInvocation.BoundParameters.Keys);
        Settings = ReadSettings();
    }

    /// <summary>How a change is to be carried out, with its news going to the verbose and warning streams.</summary>
    /// <param name="confirmTimeout">How long, in seconds, a host waits to be reached again.</param>
    /// <param name="noRollback">Whether it keeps the change even if it is not.</param>
    /// <param name="post">Has something done on the pipeline's thread.</param>
    private protected TransactionOptions OptionsFor(int confirmTimeout, bool noRollback, Action<Action> post) =>
        new()
        {
            ConfirmTimeout = TimeSpan.FromSeconds(confirmTimeout),
            NoRollback = noRollback,
            Open = Open,
            OnProgress = (host, text) => Tell(host, text, line => post(() => WriteVerbose(line))),
            OnWarning = (host, text) => Tell(host, text, line => post(() => WriteWarning(line))),
        };

    // After Ctrl+C the user is told what each host does now.
    private void Tell(string host, string text, Action<string> usually)
    {
        var line = $"Host {DisplayText.Quote(host)}: {text}";
        if (Stop.IsCancellationRequested)
            TellUser(line);
        else
            usually(line);
    }

    /// <summary>Whether the user wrote a parameter on the command line, as against its value coming from the pipeline.</summary>
    private protected bool IsGiven(string parameter) => _given.Contains(parameter);

    /// <summary>The file a user names, where it exists.</summary>
    /// <param name="path">A path in PowerShell's sense; null for none.</param>
    /// <returns>The path the system knows it by.</returns>
    private protected string? ExistingFile(string? path)
    {
        if (path is null)
            return null;

        // PowerShell's location is not the process's.
        var file = GetUnresolvedProviderPathFromPSPath(path);
        if (!File.Exists(file))
            Refuse(path, $"File {path} does not exist.");
        return file;
    }

    private SshSettings? ReadSettings()
    {
        string[] ours =
        [
            nameof(UserName),
            nameof(Port),
            nameof(KeyFilePath),
            nameof(ConnectingTimeout),
            nameof(Options),
            nameof(SshConfigFile),
        ];
        if (!ours.Any(IsGiven))
            return null;

        var settings = new SshSettings
        {
            UserName = UserName,
            Port = IsGiven(nameof(Port)) ? Port : null,
            KeyFilePath = ExistingFile(KeyFilePath),
            ConfigFile = ExistingFile(SshConfigFile),
            Options = Options is null ? SshSettings.Default.Options : ReadOptions(),
        };
        return IsGiven(nameof(ConnectingTimeout))
            ? settings with
            {
                ConnectTimeout = TimeSpan.FromMilliseconds(ConnectingTimeout),
            }
            : settings;
    }

    private Dictionary<string, string> ReadOptions()
    {
        var options = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (DictionaryEntry entry in Options!)
        {
            var value = entry.Value is PSObject wrapped ? wrapped.BaseObject : entry.Value;
            options[Text(entry.Key)] = value is bool flag
                ? flag
                    ? "yes"
                    : "no"
                : Text(value);
        }

        return options;
    }

    private static string Text(object? value) => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
}
