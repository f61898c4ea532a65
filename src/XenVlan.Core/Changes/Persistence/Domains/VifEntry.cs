using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using XenVlan.Model;

namespace XenVlan.Changes.Persistence.Domains;

/// <summary>How one NIC is to be connected: a line of <see cref="VifTable"/>.</summary>
/// <param name="Domain">The domain's name, a byte a character.</param>
/// <param name="Index">The NIC's number.</param>
internal sealed record VifEntry(string Domain, int Index)
{
    private const int Columns = 6;

    /// <summary>Its VLANs; null leaves them to the bridge.</summary>
    public PortVlans? Vlans { get; init; }

    /// <summary>Its MTU in bytes; null leaves it to Xen.</summary>
    public VifRule? Mtu { get; init; }

    /// <summary>Whether transmit checksum offload is switched off.</summary>
    public bool ChecksumOff { get; init; }

    /// <summary>Its bridge; null leaves it to Xen.</summary>
    public VifRule? Bridge { get; init; }

    /// <summary>Whether it says nothing.</summary>
    public bool IsEmpty => this == new VifEntry(Domain, Index);

    /// <summary>Reads a line.</summary>
    /// <param name="line">The line, without its end.</param>
    /// <param name="entry">The entry.</param>
    public static bool TryRead(string line, [NotNullWhen(true)] out VifEntry? entry)
    {
        entry = null;
        var words = line.Split(' ', Columns, StringSplitOptions.RemoveEmptyEntries);
        if (
            words.Length < Columns
            || !int.TryParse(words[0], NumberStyles.None, CultureInfo.InvariantCulture, out var index)
            || !VifRule.TryRead(words[2], out var mtu)
            || words[3] is not ("-" or "off")
            || !VifRule.TryRead(words[4], out var bridge)
        )
        {
            return false;
        }

        PortVlans? vlans = null;
        if (words[1] is not "-" && !PortVlansText.TryRead(words[1], out vlans))
            return false;
        entry = new VifEntry(words[5].TrimEnd(' '), index)
        {
            Vlans = vlans,
            Mtu = mtu,
            ChecksumOff = words[3] is "off",
            Bridge = bridge,
        };
        return true;
    }

    /// <summary>The entry as a line.</summary>
    /// <returns>Such as <c>0 10p/20-29 - - - ftp</c>.</returns>
    public override string ToString() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{Index} {(Vlans is null ? "-" : PortVlansText.Write(Vlans))} {Mtu?.ToString() ?? "-"} {(ChecksumOff ? "off" : "-")} "
                + $"{Bridge?.ToString() ?? "-"} {Domain}"
        );
}
