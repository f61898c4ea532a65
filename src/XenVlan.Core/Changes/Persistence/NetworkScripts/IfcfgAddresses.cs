using System.Globalization;
using System.Net;
using System.Numerics;
using XenVlan.Model;

namespace XenVlan.Changes.Persistence.NetworkScripts;

/// <summary>
/// The addresses of an <c>ifcfg-</c> file: <c>IPADDR</c>, <c>IPADDR0</c> to <c>IPADDR255</c> with <c>PREFIX…</c> or
/// <c>NETMASK…</c> (expand_config in network-functions), <c>IPV6ADDR</c> and <c>IPV6ADDR_SECONDARIES</c> (ifup-ipv6).
/// </summary>
/// <param name="file">The file.</param>
/// <param name="set">Sets a variable in it.</param>
internal sealed class IfcfgAddresses(IfcfgFile file, Action<string, string> set)
{
    // What goes with an address.
    private static readonly string[] Parts = ["IPADDR", "PREFIX", "NETMASK", "BROADCAST", "NETWORK", "GATEWAY"];
    private static readonly string[] Suffixes = ["", .. Enumerable.Range(0, 256).Select(i => i.ToString(CultureInfo.InvariantCulture))];

    /// <summary>The addresses of a file.</summary>
    /// <param name="file">The file.</param>
    /// <returns>The addresses.</returns>
    public static IEnumerable<InterfaceAddress> All(IfcfgFile file) =>
        Suffixes.Select(s => AddressOf(file, s)).Append(ParseIPv6(file.Value("IPV6ADDR"))).Concat(Secondaries(file).Select(ParseIPv6)).OfType<InterfaceAddress>();

    /// <summary>Adds an address that is not there.</summary>
    /// <param name="address">The address.</param>
    /// <param name="notSupported">Makes the error where the file cannot have it.</param>
    public void Ensure(InterfaceAddress address, Func<string, XenVlanException> notSupported)
    {
        if (All(file).Contains(address))
            return;
        if (address.IsIPv6)
        {
            EnsureIPv6(address);
            return;
        }

        if (file.Value("BOOTPROTO") is "dhcp" or "bootp")
            throw notSupported($"{file.Path}:{file.Find("BOOTPROTO")!.Number} asks DHCP for addresses, and the network scripts then give the interface no other, such as {address}.");

        // The scripts stop at the first gap after 1.
        var free = Suffixes.First(s => s is not "0" && file.Find("IPADDR" + s) is null);
        set("IPADDR" + free, address.Address.ToString());
        set("PREFIX" + free, address.PrefixLength.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>The file without an address.</summary>
    /// <param name="file">The file.</param>
    /// <param name="address">The address.</param>
    /// <returns>The text; null where the file does not have it.</returns>
    public static string? Without(IfcfgFile file, InterfaceAddress address)
    {
        if (address.IsIPv6)
            return WithoutIPv6(file, address);
        if (Suffixes.FirstOrDefault(s => address.Equals(AddressOf(file, s))) is not { } gone)
            return null;

        // The scripts stop at the first gap, so the last address takes its place.
        var last = Suffixes.Last(s => file.Find("IPADDR" + s) is not null);
        foreach (var part in Parts)
        {
            var moved = file.Value(part + last);
            file = new IfcfgFile(file.Path, file.Without(part + last));
            if (!string.Equals(gone, last, StringComparison.Ordinal))
                file = new IfcfgFile(file.Path, moved is null ? file.Without(part + gone) : file.With(part + gone, moved));
        }

        return file.Text;
    }

    private static string? WithoutIPv6(IfcfgFile file, InterfaceAddress address)
    {
        var secondaries = Secondaries(file).ToList();
        if (secondaries.RemoveAll(t => address.Equals(ParseIPv6(t))) == 0)
        {
            if (!address.Equals(ParseIPv6(file.Value("IPV6ADDR"))))
                return null;
            if (secondaries.Count == 0)
                return file.Without("IPV6ADDR");
            file = new IfcfgFile(file.Path, file.With("IPV6ADDR", secondaries[0]));
            secondaries.RemoveAt(0);
        }

        return secondaries.Count == 0 ? file.Without("IPV6ADDR_SECONDARIES") : file.With("IPV6ADDR_SECONDARIES", string.Join(' ', secondaries));
    }

    private static string[] Secondaries(IfcfgFile file) => (file.Value("IPV6ADDR_SECONDARIES") ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);

    private static InterfaceAddress? ParseIPv6(string? text) =>
        InterfaceAddress.TryParse(text?.Contains('/', StringComparison.Ordinal) == false ? text + "/64" : text, out var address) ? address : null;

    private void EnsureIPv6(InterfaceAddress address)
    {
        var secondaries = Secondaries(file);
        var first = file.Value("IPV6ADDR");
        if (file.Value("IPV6INIT") is not "yes")
            set("IPV6INIT", "yes");
        if (first is null)
            set("IPV6ADDR", address.ToString());
        else
            set("IPV6ADDR_SECONDARIES", string.Join(' ', [.. secondaries, address.ToString()]));
    }

    // The prefix wins over the mask; without either, ipcalc takes that of the address's class.
    private static InterfaceAddress? AddressOf(IfcfgFile file, string suffix)
    {
        var ip = file.Value("IPADDR" + suffix);
        if (!InterfaceAddress.TryParseAddress(ip, out var parsed))
            return null;
        var length = file.Value("PREFIX" + suffix)
            ?? (IPAddress.TryParse(file.Value("NETMASK" + suffix), out var mask) ? mask.GetAddressBytes().Sum(b => BitOperations.PopCount(b)).ToString(CultureInfo.InvariantCulture) : null)
            ?? parsed.GetAddressBytes()[0] switch { < 128 => "8", < 192 => "16", _ => "24" };
        return InterfaceAddress.TryParse($"{ip}/{length}", out var address) ? address : null;
    }
}
