using System.CommandLine;
using XenVlan.Model;

namespace XenVlan.Cli.Commands;

/// <summary>The options every command has.</summary>
internal sealed class CommonOptions
{
    private const string Json = "json";
    private const int MaximumSeconds = 3600;

    private readonly Option<string> _output = new Option<string>("--output", "-o")
    {
        Description = "How to print results: as text for people, or as JSON for scripts.",
        Recursive = true,
    }.OneOf("text", Json);

    private readonly Option<bool> _noColour = new("--no-color")
    {
        Description = "Print without colours. So does the environment variable NO_COLOR, and output to a file or pipe.",
        Recursive = true,
    };

    private readonly Option<bool> _verbose = new("--verbose")
    {
        Description = "Say on standard error which hosts are connected to, and how long they take.",
        Recursive = true,
    };

    private readonly Option<string?> _sshConfig = new("--ssh-config", "-F")
    {
        Description = "Read this ssh_config in place of the user's and the system's.",
        HelpName = "FILE",
        Recursive = true,
    };

    private readonly Option<string?> _user = new("--user", "-l")
    {
        Description = "Log in as this user on hosts that are not named with one, as in user@host.",
        HelpName = "NAME",
        Recursive = true,
    };

    private readonly Option<int?> _port = new Option<int?>("--port", "-p")
    {
        Description = "Connect to this port of hosts that are not named with one, as in user@host:22.",
        HelpName = "PORT",
        Recursive = true,
    }.InRange(1, 65535);

    private readonly Option<string?> _identity = new("--identity", "-i")
    {
        Description = "Offer the private key in this file.",
        HelpName = "FILE",
        Recursive = true,
    };

    private readonly Option<int?> _connectTimeout = new Option<int?>("--connect-timeout")
    {
        Description = "Give up on a host that cannot be connected to within this many seconds; 15 unless said.",
        HelpName = "SECONDS",
        Recursive = true,
    }.InRange(1, MaximumSeconds);

    private readonly Option<int?> _timeout = new Option<int?>("--timeout")
    {
        Description = "Give up reading a host that has not answered within this many seconds, connecting included; 120 unless said.",
        HelpName = "SECONDS",
        Recursive = true,
    }.InRange(1, MaximumSeconds);

    private readonly Option<KeyValuePair<string, string>[]> _sshOptions = new("--ssh-option")
    {
        Description = "Set an option of ssh_config(5), such as ProxyJump=gate. May be given several times.",
        HelpName = "KEY=VALUE",
        Recursive = true,
        CustomParser = OptionParsers.Pairs,
        Arity = ArgumentArity.OneOrMore,
    };

    /// <summary>Adds the options to the root command, and so to all below it.</summary>
    public void AddTo(Command root)
    {
        foreach (
            var option in new Option[]
            {
                _output,
                _noColour,
                _verbose,
                _sshConfig,
                _user,
                _port,
                _identity,
                _connectTimeout,
                _timeout,
                _sshOptions,
            }
        )
            root.Options.Add(option);
    }

    /// <summary>Whether results shall be JSON.</summary>
    /// <param name="parsed">The command line, valid or not.</param>
    public bool IsJson(ParseResult parsed) => parsed.GetResult(_output)?.Tokens is [var token] && token.Value == Json;

    /// <summary>Whether colours were declined.</summary>
    /// <returns>Whether <c>--no-color</c> was given.</returns>
    public bool IsWithoutColours(ParseResult parsed) => parsed.GetValue(_noColour);

    /// <summary>Whether the log was asked for.</summary>
    /// <returns>Whether <c>--verbose</c> was given.</returns>
    public bool IsVerbose(ParseResult parsed) => parsed.GetValue(_verbose);

    /// <summary>How to reach hosts.</summary>
    /// <exception cref="XenVlanException"><see cref="ErrorIds.InvalidValue"/>: a file does not exist.</exception>
    public SshSettings Settings(ParseResult parsed)
    {
        var settings = new SshSettings
        {
            ConfigFile = Existing(parsed.GetValue(_sshConfig), "SSH configuration file"),
            UserName = parsed.GetValue(_user),
            Port = parsed.GetValue(_port),
            KeyFilePath = Existing(parsed.GetValue(_identity), "Key file"),
            Options = (parsed.GetValue(_sshOptions) ?? []).ToDictionary(StringComparer.OrdinalIgnoreCase),
        };
        if (parsed.GetValue(_connectTimeout) is { } seconds)
            settings = settings with { ConnectTimeout = TimeSpan.FromSeconds(seconds) };
        return parsed.GetValue(_timeout) is { } all ? settings with { ReadTimeout = TimeSpan.FromSeconds(all) } : settings;
    }

    // ssh only warns of a key file that is not there, and then asks for another way to log in.
    private static string? Existing(string? path, string what) =>
        path is null || File.Exists(path) ? path : throw Errors.Of(ErrorIds.InvalidValue, $"{what:unquoted} {path} does not exist.", path);
}
