using System.Globalization;
using System.Net;
using System.Numerics;
using XenVlan.Model;

namespace XenVlan.Changes.Persistence.NetworkScripts;

/// <summary>
/// The addresses of an <c>ifcfg-</c> file: <c>IPADDR</c>, <c>IPADDR0</c> to <c>IPADDR255</c> with <c>PREFIX…</c> or
/// <c>NETMASK…</c> (expand_config in network-functions), <c>IPV6ADDR</c> and <c>IPV6ADDR_SECONDARIES</c> (ifup-ipv6).
/// </summary>
internal static class IfcfgAddresses
{
    // What goes with an address. GATEWAY without a number is the interface's.
    private static readonly string[] Parts = ["IPADDR", "PREFIX", "NETMASK", "BROADCAST", "NETWORK", "GATEWAY", "ARPCHECK", "ARPUPDATE"];
    private static readonly string[] Values = ["IPADDR", "PREFIX", "NETMASK"];
    private static readonly string[] Suffixes = ["", .. Enumerable.Range(0, 256).Select(i => i.ToString(CultureInfo.InvariantCulture))];

    /// <summary>The addresses of a file.</summary>
    public static IEnumerable<InterfaceAddress> All(IfcfgFile file) =>
        Suffixes
            .Select(s => AddressOf(file, s))
            .Append(ParseIPv6(file.Value("IPV6ADDR")))
            .Concat(Secondaries(file).Select(ParseIPv6))
            .OfType<InterfaceAddress>();

    /// <summary>The line that sets something about addresses to what only a shell can tell.</summary>
    /// <returns>The line; null where there is none.</returns>
    public static IfcfgLine? Unknown(IfcfgFile file) =>
        file.Lines.FirstOrDefault(l =>
            l is { Key: not null, Value: null }
            && (
                l.Key is "IPV6ADDR" or "IPV6ADDR_SECONDARIES"
                || Parts.Any(p =>
                    l.Key.StartsWith(p, StringComparison.Ordinal) && Suffixes.Contains(l.Key[p.Length..], StringComparer.Ordinal)
                )
            )
        );

    /// <summary>The file with an address.</summary>
    /// <param name="file">The file, which does not have it.</param>
    /// <param name="address">The address.</param>
    public static string With(IfcfgFile file, InterfaceAddress address)
    {
        if (address.IsIPv6)
            return WithIPv6(file, address);

        // The scripts stop at the first gap after 1. One without a number would come before those that have some.
        var used = Suffixes.Where(s => file.Find("IPADDR" + s) is not null).ToList();
        var free = used.Count == 0 ? "" : Suffixes.First(s => s is not ("" or "0") && !used.Contains(s, StringComparer.Ordinal));
        var ip = address.Address.ToString();
        var length = address.PrefixLength.ToString(CultureInfo.InvariantCulture);
        if (used.Count == 0)
            return new IfcfgFile(file.Path, file.With("IPADDR", ip)).With("PREFIX", length);

        var last = file
            .Lines.Last(l =>
                l.Key is not null
                && Values.Any(v =>
                    l.Key.StartsWith(v, StringComparison.Ordinal) && used.Contains(l.Key[v.Length..], StringComparer.Ordinal)
                )
            )
            .Key!;
        var first = new IfcfgFile(
            file.Path,
            file.Find("IPADDR" + free) is null ? file.With(last, "IPADDR" + free, ip) : file.With("IPADDR" + free, ip)
        );
        return first.Find("PREFIX" + free) is null
            ? first.With("IPADDR" + free, "PREFIX" + free, length)
            : first.With("PREFIX" + free, length);
    }

    /// <summary>The file without an address.</summary>
    /// <param name="file">The file.</param>
    /// <param name="address">The address.</param>
    /// <param name="instead">An address that is not in the file, to stand where it stands; null for none.</param>
    /// <param name="broadcast">The broadcast address beside the new address, of its value, the old address, the new one, and its
    /// line.</param>
    /// <returns>The text; null where the file does not have it.</returns>
    public static string? Without(
        IfcfgFile file,
        InterfaceAddress address,
        InterfaceAddress? instead,
        Func<string, InterfaceAddress, InterfaceAddress, IfcfgLine, string> broadcast
    )
    {
        if (address.IsIPv6)
            return WithoutIPv6(file, address, instead);
        if (Suffixes.FirstOrDefault(s => address.Equals(AddressOf(file, s))) is not { } gone)
            return null;
        if (instead is not null)
            return Exchanged(file, gone, address, instead, broadcast);

        // The scripts stop at the first gap, so the last address takes its place.
        var last = Suffixes.Last(s => file.Find("IPADDR" + s) is not null);
        foreach (var part in Parts.Where(p => p is not "GATEWAY" || last.Length > 0))
        {
            var moved = file.Value(part + last);
            file = new IfcfgFile(file.Path, file.Without(part + last));
            if (gone == last || (part is "GATEWAY" && gone.Length == 0))
                continue;
            file = new IfcfgFile(
                file.Path,
                moved is null ? file.Without(part + gone)
                    : file.Find(part + gone) is null ? file.With("IPADDR" + gone, part + gone, moved)
                    : file.With(part + gone, moved)
            );
        }

        return file.Text;
    }

    // The address where it stands, with its mask as that is written there.
    private static string Exchanged(
        IfcfgFile file,
        string suffix,
        InterfaceAddress address,
        InterfaceAddress instead,
        Func<string, InterfaceAddress, InterfaceAddress, IfcfgLine, string> broadcast
    )
    {
        Set("IPADDR", instead.Address.ToString());
        var length = instead.PrefixLength.ToString(CultureInfo.InvariantCulture);
        if (file.Find("PREFIX" + suffix) is not null && instead.PrefixLength != address.PrefixLength)
            Set("PREFIX", length);
        if (
            file.Find("NETMASK" + suffix) is { } mask
            && (instead.PrefixLength != address.PrefixLength || mask.Value != instead.Mask.ToString())
        )
            Set("NETMASK", instead.Mask.ToString());
        if (!instead.Equals(AddressOf(file, suffix)))
            file = new IfcfgFile(file.Path, file.With("IPADDR" + suffix, "PREFIX" + suffix, length));
        if (file.Find("BROADCAST" + suffix) is { Value: { } there } line)
            Set("BROADCAST", broadcast(there, address, instead, line));

        // The scripts set no gateway where this is not its network (ifup-eth).
        if (file.Value("NETWORK" + suffix) is not null)
            Set(
                "NETWORK",
                new IPAddress([
                    .. instead.Address.GetAddressBytes().Zip(instead.Mask.GetAddressBytes(), (a, m) => (byte)(a & m)),
                ]).ToString()
            );
        return file.Text;

        void Set(string part, string value)
        {
            if (file.Value(part + suffix) != value)
                file = new IfcfgFile(file.Path, file.With(part + suffix, value));
        }
    }

    private static string? WithoutIPv6(IfcfgFile file, InterfaceAddress address, InterfaceAddress? instead)
    {
        var secondaries = Secondaries(file).ToList();
        var at = secondaries.FindIndex(t => address.Equals(ParseIPv6(t)));
        if (at >= 0)
        {
            secondaries.RemoveAt(at);
            if (instead is not null)
                secondaries.Insert(at, instead.ToString());
        }
        else
        {
            if (!address.Equals(ParseIPv6(file.Value("IPV6ADDR"))))
                return null;
            if (instead is not null)
                return file.With("IPV6ADDR", instead.ToString());
            if (secondaries.Count == 0)
                return file.Without("IPV6ADDR");
            file = new IfcfgFile(file.Path, file.With("IPV6ADDR", secondaries[0]));
            secondaries.RemoveAt(0);
        }

        return secondaries.Count == 0
            ? file.Without("IPV6ADDR_SECONDARIES")
            : file.With("IPV6ADDR_SECONDARIES", string.Join(' ', secondaries));
    }

    private static string[] Secondaries(IfcfgFile file) =>
        (file.Value("IPV6ADDR_SECONDARIES") ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);

    private static InterfaceAddress? ParseIPv6(string? text) =>
        InterfaceAddress.TryParse(text?.Contains('/', StringComparison.Ordinal) == false ? text + "/64" : text, out var address)
            ? address
            : null;

    private static string WithIPv6(IfcfgFile file, InterfaceAddress address)
    {
        var secondaries = Secondaries(file);
        if (file.Value("IPV6INIT") is not "yes")
            file = new IfcfgFile(file.Path, file.With("IPV6INIT", "yes"));
        return file.Value("IPV6ADDR") is null
            ? file.With("IPV6ADDR", address.ToString())
            : file.With("IPV6ADDR_SECONDARIES", string.Join(' ', [.. secondaries, address.ToString()]));
    }

    // The prefix wins over the mask; without either, ipcalc takes that of the address's class.
    private static InterfaceAddress? AddressOf(IfcfgFile file, string suffix)
    {
        var ip = file.Value("IPADDR" + suffix);
        if (!InterfaceAddress.TryParseAddress(ip, out var parsed))
            return null;
        var length =
            file.Value("PREFIX" + suffix)
            ?? (
                IPAddress.TryParse(file.Value("NETMASK" + suffix), out var mask)
                    ? mask.GetAddressBytes().Sum(b => BitOperations.PopCount(b)).ToString(CultureInfo.InvariantCulture)
                    : null
            )
            ?? parsed.GetAddressBytes()[0] switch
            {
                < 128 => "8",
                < 192 => "16",
                _ => "24",
            };
        return InterfaceAddress.TryParse($"{ip}/{length}", out var address) ? address : null;
    }
}
