using System.Globalization;
using System.Net;
using XenVlan.Model;

namespace XenVlan.Discovery.Parsing;

/// <summary>Reads <c>/proc/net/if_inet6</c> (<c>if6_seq_show</c> in the kernel's <c>net/ipv6/addrconf.c</c>).</summary>
internal static class ProcInet6Parser
{
    /// <summary>Reads the IPv6 addresses.</summary>
    /// <returns>Addresses by the interface's number.</returns>
    public static Dictionary<int, List<InterfaceAddress>> Parse(IEnumerable<string> lines)
    {
        var found = new Dictionary<int, List<InterfaceAddress>>();
        foreach (var line in lines)
        {
            var fields = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (
                fields.Length < 3
                || fields[0].Length != 32
                || !fields[0].All(char.IsAsciiHexDigit)
                || !int.TryParse(fields[1], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var index)
                || !int.TryParse(fields[2], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var prefix)
            )
            {
                continue;
            }

            var ip = new IPAddress(Convert.FromHexString(fields[0]));
            if (InterfaceAddress.TryParse($"{ip}/{prefix.ToString(CultureInfo.InvariantCulture)}", out var address))
                found.Add(index, address);
        }

        return found;
    }
}
