using System.Globalization;
using XenVlan.Model;

namespace XenVlan.PowerShell.Running;

/// <summary>What is to be done, as cmdlets that can be typed or pasted.</summary>
internal sealed class PowerShellWording : IWording
{
    /// <summary>The only one.</summary>
    public static PowerShellWording Instance { get; } = new();

    /// <inheritdoc/>
    public string ChangeOnlyWhatRuns => "change only what runs: -Scope Running";

    /// <inheritdoc/>
    public string ListTransactions => "Get-XenTransaction";

    /// <inheritdoc/>
    public string CarryAllVlans => "all VLANs (-AllowedVlans all)";

    /// <inheritdoc/>
    public string CarryOneVlan => "one (-AccessVlan)";

    /// <inheritdoc/>
    public string SetDomainNic(SetDomainNic nic) =>
        Command(
            "Set-XenDomainNic",
            ("HostName", Word(nic.HostName)),
            ("DomainName", Word(nic.DomainName)),
            ("Index", nic.Index.ToString(CultureInfo.InvariantCulture)),
            ("Bridge", nic.Bridge is { } bridge ? Word(bridge) : null),
            ("AccessVlan", nic.AccessVlan?.ToString()),
            ("AllowedVlans", nic.AllowedVlans?.ToString()),
            ("NativeVlan", nic.NativeVlan?.ToString()),
            ("Mtu", nic.Mtu?.ToString(CultureInfo.InvariantCulture)),
            (
                "TransmitChecksumOffload",
                nic.TransmitChecksum switch
                {
                    true => "$true",
                    false => "$false",
                    null => null,
                }
            )
        );

    /// <inheritdoc/>
    public string NewVlanInterface(NewVlanInterface link) =>
        Command(
            "New-XenVlanInterface",
            ("HostName", Word(link.HostName)),
            ("Parent", Word(link.Parent)),
            ("VlanId", link.VlanId.ToString()),
            ("Protocol", link.Protocol is VlanProtocol.Dot1AD ? nameof(VlanProtocol.Dot1AD) : null)
        );

    /// <inheritdoc/>
    public string RemoveVlanInterface(RemoveVlanInterface link) =>
        Command("Remove-XenVlanInterface", ("HostName", Word(link.HostName)), ("Name", Word(link.Name)));

    private static string Command(string cmdlet, params (string Parameter, string? Value)[] given) =>
        string.Join(' ', given.Where(g => g.Value is not null).Select(g => $"-{g.Parameter} {g.Value}").Prepend(cmdlet));

    /// <summary>A word for PowerShell (about_Quoting_Rules).</summary>
    /// <param name="text">Any text; it is cleaned.</param>
    /// <returns>The word, in single quotes where it needs them.</returns>
    internal static string Word(string text) =>
        text.Length > 0 && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_') && text[0] != '-'
            ? text
            : $"'{string.Concat(DisplayText.Clean(text).Select(c => IsQuote(c) ? $"{c}{c}" : $"{c}"))}'";

    // Each of these ends a text in single quotes; two of them stand for one (IsSingleQuote in PowerShell's CharTraits).
    private static bool IsQuote(char c) => c is '\'' or '\u2018' or '\u2019' or '\u201a' or '\u201b';
}
