using System.Globalization;
using XenVlan.Model;

namespace XenVlan.Cli.Output;

/// <summary>What is to be done, as a user of <c>xenvlan</c> can do it: by a topology document, or with the tools of Linux.</summary>
internal sealed class CliWording : IWording
{
    /// <summary>The only one.</summary>
    public static CliWording Instance { get; } = new();

    /// <inheritdoc/>
    public string ChangeOnlyWhatRuns => "change only what runs: --scope running";

    /// <inheritdoc/>
    public string ListTransactions => "xenvlan transaction list";

    /// <inheritdoc/>
    public string CarryAllVlans => "all VLANs ('trunk: all')";

    /// <inheritdoc/>
    public string CarryOneVlan => "one ('access')";

    /// <inheritdoc/>
    public string SetDomainNic(SetDomainNic nic)
    {
        var keys = new[]
        {
            nic.Bridge is { } bridge ? $"bridge: {bridge}" : null,
            nic.AccessVlan is { } access ? $"access: {access}" : null,
            nic.AllowedVlans is { } allowed ? $"trunk: \"{allowed}\"" : null,
            nic.NativeVlan is { } native ? $"native: {native}" : null,
            nic.Mtu is { } mtu ? string.Create(CultureInfo.InvariantCulture, $"mtu: {mtu}") : null,
            nic.TransmitChecksum is { } offload ? $"transmitChecksum: {(offload ? "true" : "false")}" : null,
        };
        return string.Create(
            CultureInfo.InvariantCulture,
            $"write '{string.Join(", ", keys.OfType<string>())}' for NIC {nic.Index} of {nic.DomainName} on {nic.HostName} into a topology "
                + $"document, and run 'xenvlan apply' with it"
        );
    }

    /// <inheritdoc/>
    public string NewVlanInterface(NewVlanInterface link) =>
        $"write '{link.Parent}.{link.VlanId}: {{ parent: {link.Parent}, vlan: {link.VlanId}{Protocol(link)} }}' under vlanInterfaces of "
        + $"{link.HostName} into a topology document, and run 'xenvlan apply' with it";

    /// <inheritdoc/>
    public string RemoveVlanInterface(RemoveVlanInterface link) =>
        $"take {link.Name} out of the network configuration of {link.HostName}, and out of a topology document that has it";

    private static string Protocol(NewVlanInterface link) => link.Protocol is VlanProtocol.Dot1AD ? ", protocol: 802.1ad" : "";
}
