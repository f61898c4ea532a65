using System.Globalization;
using System.Text.RegularExpressions;
using XenVlan.Model;

namespace XenVlan.Discovery.Parsing;

/// <summary>Reads <c>lldpctl -f keyvalue</c> (lldpd's <c>lldpcli(8)</c>): lines of the form <c>lldp.eth1.port.descr=text</c>.</summary>
internal static partial class LldpParser
{
    /// <summary>Reads the neighbours.</summary>
    /// <param name="lines">The lines; others than LLDP's are left out.</param>
    /// <returns>The neighbours that say who they are; several for an interface that hears several.</returns>
    public static IReadOnlyList<LldpNeighbor> Parse(IEnumerable<string> lines)
    {
        var found = new List<LldpNeighbor>();
        LldpNeighbor? current = null;
        VlanId? vlan = null;
        foreach (var match in lines.Select(l => Line().Match(l)).Where(m => m.Success))
        {
            var value = match.Groups["value"].Value;
            switch (match.Groups["key"].Value)
            {
                case "via":
                    End();
                    current = value is "LLDP" ? new LldpNeighbor { Interface = match.Groups["interface"].Value, ChassisId = "" } : null;
                    vlan = null;
                    break;
                case "chassis.mac" or "chassis.ifname" or "chassis.local" or "chassis.ip" when current is { ChassisId: "" }:
                    current = current with { ChassisId = value };
                    break;
                case "chassis.name":
                    current = current is null ? null : current with { SystemName = value };
                    break;
                case "port.mac" or "port.ifname" or "port.local" when current is { PortId: null }:
                    current = current with { PortId = value };
                    break;
                case "port.descr":
                    current = current is null ? null : current with { PortDescription = value };
                    break;
                case "vlan.vlan-id":
                    vlan =
                        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
                        && id is >= VlanId.Minimum and <= VlanId.Maximum
                            ? new VlanId(id)
                            : null;
                    if (current is not null && vlan is { } announced)
                        current = current with { Vlans = current.Vlans.Union(VlanSet.Of(announced)) };
                    break;
                case "vlan.pvid" when value is "yes" && vlan is not null:
                    current = current is null ? null : current with { Pvid = vlan };
                    break;
            }
        }

        End();
        return found;

        void End()
        {
            if (current is { ChassisId.Length: > 0 })
                found.Add(current);
        }
    }

    // An interface's name may have dots in it.
    [GeneratedRegex(
        @"^lldp\.(?<interface>[^=]+?)\.(?<key>via|chassis\.(mac|ifname|local|ip|name)"
            + @"|port\.(mac|ifname|local|descr)|vlan\.(vlan-id|pvid))=(?<value>.*)$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Line();
}
