using System.Globalization;
using XenVlan.Changes.Persistence.Files;

namespace XenVlan.Changes.Persistence.Domains;

/// <summary>What the toolstack of a host, and its scripts, can do for a NIC.</summary>
internal sealed class XenScripts(FilePlanBuilder planning)
{
    /// <summary>The script that connects a NIC unless another is named.</summary>
    public const string VifBridge = $"{Directory}/vif-bridge";

    /// <summary>Where the scripts are.</summary>
    public const string Directory = "/etc/xen/scripts";

    /// <summary>Whether <c>mtu=</c> is known: since Xen 4.15 (parse_nic_config in <c>xl_parse.c</c>).</summary>
    public bool KnowsMtu => IsAtLeast(4, 15);

    /// <summary>
    /// Whether <c>vlan=</c> is known and has an effect. xl takes it since Xen 4.19 and hands it to the scripts; those
    /// that Xen brings for Linux, up to 4.22 at least, do not look at it.
    /// </summary>
    public bool AppliesVlan =>
        IsAtLeast(4, 19)
        && new[] { VifBridge, $"{Directory}/vif-common.sh", $"{Directory}/xen-network-common.sh" }.Any(f => Has(f, "XENBUS_PATH/vlan"));

    /// <summary>Whether a script runs the hooks: Xen's own vif-bridge does since 4.2.</summary>
    public bool RunsHooks(string script) => Has(script, "call_hooks");

    private bool Has(string file, string text) => planning.Read(file)?.Contains(text, StringComparison.Ordinal) == true;

    private bool IsAtLeast(int major, int minor)
    {
        var parts = (planning.Host.XenVersion ?? "").Split('.');
        return parts.Length >= 2
            && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var x)
            && int.TryParse(
                string.Concat(parts[1].TakeWhile(char.IsAsciiDigit)),
                NumberStyles.None,
                CultureInfo.InvariantCulture,
                out var y
            )
            && (x, y).CompareTo((major, minor)) >= 0;
    }
}
