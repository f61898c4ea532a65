using System.Globalization;
using System.Text.Json.Serialization;

namespace XenVlan.Model;

/// <summary>What is to be done against an error or a finding, as data. What its user can type, each face says in its own words.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(RunCommand), "runCommand")]
[JsonDerivedType(typeof(SetDomainNic), "setDomainNic")]
[JsonDerivedType(typeof(NewVlanInterface), "newVlanInterface")]
[JsonDerivedType(typeof(RemoveVlanInterface), "removeVlanInterface")]
[JsonDerivedType(typeof(ChangeOnlyWhatRuns), "changeOnlyWhatRuns")]
[JsonDerivedType(typeof(ListTransactions), "listTransactions")]
[JsonDerivedType(typeof(CarryAllVlans), "carryAllVlans")]
[JsonDerivedType(typeof(CarryOneVlan), "carryOneVlan")]
public abstract record Remedy
{
    private protected Remedy() { }

    /// <summary>The remedy in the words of a face.</summary>
    /// <param name="wording">The face's words.</param>
    /// <returns>Words that stand within a sentence; a host's text in them is as the host gave it.</returns>
    public abstract string In(IWording wording);
}

/// <summary>A command is run on a host, in its shell.</summary>
/// <param name="HostName">The host.</param>
/// <param name="Command">The command, quoted for <c>sh</c>.</param>
public sealed record RunCommand(string HostName, string Command) : Remedy
{
    /// <inheritdoc/>
    public override string In(IWording wording) => $"On {HostName}: {Command}";
}

/// <summary>A NIC of a domain is set otherwise, now and for good.</summary>
/// <param name="HostName">The host.</param>
/// <param name="DomainName">The domain.</param>
/// <param name="Index">The NIC's number in its domain, from 0.</param>
public sealed record SetDomainNic(string HostName, string DomainName, int Index) : Remedy
{
    /// <summary>The bridge to put it on; null to leave that.</summary>
    public string? Bridge { get; init; }

    /// <summary>The one VLAN it is to carry, untagged; null to leave that.</summary>
    public VlanId? AccessVlan { get; init; }

    /// <summary>The VLANs it is to carry, tagged; null to leave that.</summary>
    public VlanSet? AllowedVlans { get; init; }

    /// <summary>The VLAN of its untagged frames, beside <see cref="AllowedVlans"/>; null for none.</summary>
    public VlanId? NativeVlan { get; init; }

    /// <summary>Its MTU in bytes; null to leave that.</summary>
    public int? Mtu { get; init; }

    /// <summary>Whether it offloads transmit checksums; null to leave that.</summary>
    public bool? TransmitChecksum { get; init; }

    /// <inheritdoc/>
    public override string In(IWording wording) => wording.SetDomainNic(this);
}

/// <summary>A VLAN interface is made, now and for good.</summary>
/// <param name="HostName">The host.</param>
/// <param name="Parent">The interface it is made on.</param>
/// <param name="VlanId">Its VLAN.</param>
/// <param name="Protocol">Its tag.</param>
public sealed record NewVlanInterface(string HostName, string Parent, VlanId VlanId, VlanProtocol Protocol = VlanProtocol.Dot1Q) : Remedy
{
    /// <inheritdoc/>
    public override string In(IWording wording) => wording.NewVlanInterface(this);
}

/// <summary>A VLAN interface is removed, now and for good.</summary>
/// <param name="HostName">The host.</param>
/// <param name="Name">Its name.</param>
public sealed record RemoveVlanInterface(string HostName, string Name) : Remedy
{
    /// <inheritdoc/>
    public override string In(IWording wording) => wording.RemoveVlanInterface(this);
}

/// <summary>The same is asked for again, for what runs only, and not for what is made at boot.</summary>
public sealed record ChangeOnlyWhatRuns : Remedy
{
    /// <inheritdoc/>
    public override string In(IWording wording) => wording.ChangeOnlyWhatRuns;
}

/// <summary>The transactions that a host keeps are listed.</summary>
public sealed record ListTransactions : Remedy
{
    /// <inheritdoc/>
    public override string In(IWording wording) => wording.ListTransactions;
}

/// <summary>A NIC carries all VLANs, tagged.</summary>
public sealed record CarryAllVlans : Remedy
{
    /// <inheritdoc/>
    public override string In(IWording wording) => wording.CarryAllVlans;
}

/// <summary>A NIC carries one VLAN, untagged.</summary>
public sealed record CarryOneVlan : Remedy
{
    /// <inheritdoc/>
    public override string In(IWording wording) => wording.CarryOneVlan;
}

/// <summary>How a face says what its user can do.</summary>
public interface IWording
{
    /// <summary>Within "…, or change only what runs": an order, with what to type.</summary>
    string ChangeOnlyWhatRuns { get; }

    /// <summary>Behind "see it with": what to type.</summary>
    string ListTransactions { get; }

    /// <summary>Within "it can carry …": all VLANs, with what to type.</summary>
    string CarryAllVlans { get; }

    /// <summary>Within "it can carry …": one VLAN, with what to type.</summary>
    string CarryOneVlan { get; }

    /// <summary>How a domain's NIC is set otherwise.</summary>
    /// <param name="nic">How.</param>
    /// <returns>What to type.</returns>
    string SetDomainNic(SetDomainNic nic);

    /// <summary>How a VLAN interface is made.</summary>
    /// <param name="link">Which.</param>
    /// <returns>What to type.</returns>
    string NewVlanInterface(NewVlanInterface link);

    /// <summary>How a VLAN interface is removed.</summary>
    /// <param name="link">Which.</param>
    /// <returns>What to type.</returns>
    string RemoveVlanInterface(RemoveVlanInterface link);
}

/// <summary>The words of whoever uses XenVlan.Core itself: what is to be done, and nothing to type.</summary>
internal sealed class PlainWording : IWording
{
    /// <summary>The only one.</summary>
    public static PlainWording Instance { get; } = new();

    /// <inheritdoc/>
    public string ChangeOnlyWhatRuns => "change only what runs";

    /// <inheritdoc/>
    public string ListTransactions => "the list of its transactions";

    /// <inheritdoc/>
    public string CarryAllVlans => "all VLANs";

    /// <inheritdoc/>
    public string CarryOneVlan => "one";

    /// <inheritdoc/>
    public string SetDomainNic(SetDomainNic nic)
    {
        var settings = new[]
        {
            nic.Bridge is { } bridge ? $"bridge {bridge}" : null,
            nic.AccessVlan is { } access ? $"access VLAN {access}" : null,
            nic.AllowedVlans is { } allowed ? $"allowed VLANs {allowed}" : null,
            nic.NativeVlan is { } native ? $"native VLAN {native}" : null,
            nic.Mtu is { } mtu ? string.Create(CultureInfo.InvariantCulture, $"MTU {mtu}") : null,
            nic.TransmitChecksum is { } offload ? $"transmit checksum offload {(offload ? "on" : "off")}" : null,
        };
        return string.Create(
            CultureInfo.InvariantCulture,
            $"set NIC {nic.Index} of {nic.DomainName} on {nic.HostName} to {string.Join(", ", settings.OfType<string>())}"
        );
    }

    /// <inheritdoc/>
    public string NewVlanInterface(NewVlanInterface link) =>
        $"make {(link.Protocol is VlanProtocol.Dot1AD ? "the 802.1ad " : "")}VLAN {link.VlanId} of {link.Parent} on {link.HostName}";

    /// <inheritdoc/>
    public string RemoveVlanInterface(RemoveVlanInterface link) => $"remove {link.Name} on {link.HostName} for good";
}
