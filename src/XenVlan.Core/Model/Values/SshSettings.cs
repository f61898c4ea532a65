namespace XenVlan.Model;

/// <summary>How to reach hosts over SSH; what is not set is as the user's ssh_config says.</summary>
public sealed record SshSettings
{
    /// <summary>Everything as the user's ssh_config says.</summary>
    public static SshSettings Default { get; } = new();

    /// <summary>The user to log in as, for hosts that are not named with one.</summary>
    public string? UserName { get; init; }

    /// <summary>The port, 1 to 65535, for hosts that are not named with one.</summary>
    public int? Port { get; init; }

    /// <summary>The file of the private key to offer.</summary>
    public string? KeyFilePath { get; init; }

    /// <summary>The ssh_config to read in place of the user's and the system's.</summary>
    public string? ConfigFile { get; init; }

    /// <summary>How long connecting may take.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How long reading a host may take, connecting included.</summary>
    public TimeSpan ReadTimeout { get; init; } = TimeSpan.FromSeconds(120);

    /// <summary>Further options of ssh_config(5), by name. They win over XenVlan's own.</summary>
    public IReadOnlyDictionary<string, string> Options { get; init; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>The same as an object keeps it: null where nothing was said of it.</summary>
    internal SshSettings? IfSaid => this == Default ? null : this;

    /// <summary>The same, but for a connection that ssh shares with no other (ssh_config(5), ControlMaster).</summary>
    internal SshSettings Unshared() =>
        this with
        {
            Options = new Dictionary<string, string>(Options, StringComparer.OrdinalIgnoreCase)
            {
                ["ControlMaster"] = "no",
                ["ControlPath"] = "none",
            },
        };

    /// <summary>A text that is the same for settings that reach the same host in the same way.</summary>
    internal string Key() =>
        string.Join(
            '\n',
            [
                UserName,
                Port?.ToString(),
                KeyFilePath,
                ConfigFile,
                ConnectTimeout.ToString(),
                .. Options.OrderBy(o => o.Key, StringComparer.OrdinalIgnoreCase).Select(o => o.Key + "=" + o.Value),
            ]
        );
}
