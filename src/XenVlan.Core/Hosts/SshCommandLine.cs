using System.Globalization;
using System.Text.RegularExpressions;
using XenVlan.Model;

namespace XenVlan.Hosts;

/// <summary>Builds the arguments of OpenSSH's <c>ssh</c>.</summary>
internal static partial class SshCommandLine
{
    /// <summary>The arguments that start a POSIX shell on a host.</summary>
    /// <param name="target">A host that is not this machine.</param>
    /// <param name="settings">How to reach it.</param>
    /// <exception cref="XenVlanException"><see cref="ErrorIds.InvalidValue"/>: an option's name is not one ssh could have.</exception>
    public static IReadOnlyList<string> Build(HostTarget target, SshSettings settings)
    {
        var arguments = new List<string>();
        if (settings.ConfigFile is { } config)
            arguments.AddRange(["-F", config]);

        // ssh keeps the first value it is given for an option, so the user's come before ours.
        foreach (var (name, value) in settings.Options)
        {
            if (!OptionName().IsMatch(name) || value.AsSpan().ContainsAny('\n', '\r', '\0'))
                throw Errors.Of(ErrorIds.InvalidValue, $"SSH option {name} is not valid: see ssh_config(5) for the names there are.");
            arguments.AddRange(["-o", $"{name}={value}"]);
        }

        if ((target.Port ?? settings.Port) is { } port)
            arguments.AddRange(["-p", port.ToString(CultureInfo.InvariantCulture)]);
        if ((target.UserName ?? settings.UserName) is { } user)
            arguments.AddRange(["-l", user]);
        if (settings.KeyFilePath is { } key)
            arguments.AddRange(["-i", key, "-o", "IdentitiesOnly=yes"]);

        var seconds = Math.Max(1, (int)Math.Ceiling(settings.ConnectTimeout.TotalSeconds));
        arguments.AddRange([
            "-o",
            $"ConnectTimeout={seconds.ToString(CultureInfo.InvariantCulture)}",
            // A prompt would hang a script; and a host that stops answering must be noticed.
            "-o",
            "BatchMode=yes",
            "-o",
            "ServerAliveInterval=10",
            "-o",
            "ServerAliveCountMax=3",
            "-o",
            "ClearAllForwardings=yes",
            "-T",
            "-a",
            "-x",
            "-e",
            "none",
            "--",
            target.Destination!,
            "exec sh",
        ]);
        return arguments;
    }

    [GeneratedRegex("^[A-Za-z][A-Za-z0-9]{0,63}$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex OptionName();
}
