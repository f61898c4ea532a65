using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using XenVlan.Changes.Persistence.Common;
using XenVlan.Hosts;
using XenVlan.Model;

namespace XenVlan.Changes.Persistence.Ifupdown;

/// <summary>The MTU and the addresses of one interface in the files of ifupdown.</summary>
/// <param name="editor">The files.</param>
/// <param name="name">The interface.</param>
/// <param name="broadcast">The broadcast address beside a new address, of its value, the old address, the new one, and its place.</param>
/// <param name="notSupported">Makes the error about what cannot be changed, of its reason.</param>
internal sealed class IfupdownSettings(
    InterfacesEditor editor,
    string name,
    Func<string, InterfaceAddress, InterfaceAddress, string, string> broadcast,
    Func<Message, XenVlanException> notSupported
)
{
    // The options of the method static that are about the address (interfaces(5)).
    private static readonly string[] OptionsOfAddress =
    [
        "address",
        "netmask",
        "broadcast",
        "gateway",
        "pointopoint",
        "scope",
        "preferred-lifetime",
        "dad-attempts",
        "dad-interval",
    ];

    /// <summary>The MTU that a command such as <c>ip link set dev eth0 mtu 9000</c> gives an interface.</summary>
    /// <returns>The MTU; null where the command gives it none.</returns>
    public static int? MtuOf(IReadOnlyList<string> words, string name)
    {
        var at = words.ToList().IndexOf("mtu");
        return
            at >= 0
            && at + 1 < words.Count
            && words.Contains(name, StringComparer.Ordinal)
            && (words[0].EndsWith("ip", StringComparison.Ordinal) || words[0].EndsWith("ifconfig", StringComparison.Ordinal))
            && int.TryParse(words[at + 1], NumberStyles.None, CultureInfo.InvariantCulture, out var mtu)
            ? mtu
            : null;
    }

    /// <summary>Gives the interface an MTU at boot.</summary>
    /// <param name="mtu">In bytes.</param>
    public void EnsureMtu(int mtu)
    {
        var configuration = editor.Read();
        var description = $"give {name} an MTU of {mtu.ToString(CultureInfo.InvariantCulture)} at boot";
        var command = ShellCommand.Of("ip", "link", "set", "dev", name, "mtu", mtu).Text;
        var stanzas = configuration.Stanzas(name);
        var set = stanzas
            .Append(configuration.BridgeOf(name))
            .OfType<InterfacesStanza>()
            .SelectMany(s => s.UpCommands.Select(c => (Stanza: s, c.Index, Mtu: MtuOf(c.Words, name))))
            .LastOrDefault(c => c.Mtu is not null);
        if (set.Stanza is not null)
        {
            var line = set.Stanza.File.Lines[set.Index];
            if (set.Mtu != mtu)
                editor.Write(set.Stanza.File, set.Stanza.File.Replace(set.Index, line.WithValue(command)), description);
            return;
        }

        var option = stanzas
            .Select(s => (Stanza: s, Found: s.Find("mtu")))
            .FirstOrDefault(o => o.Found is not null && (TakesMtu(o.Stanza) || IsBridge(o.Stanza)));
        if (option.Found is var (index, found))
        {
            if (found.Value == mtu.ToString(CultureInfo.InvariantCulture))
                return;

            // The option of a bridge's stanza is for its ports too.
            if (!IsBridge(option.Stanza))
            {
                editor.Write(
                    option.Stanza.File,
                    option.Stanza.File.Replace(index, found.WithValue(mtu.ToString(CultureInfo.InvariantCulture))),
                    description
                );
                return;
            }
        }

        if (stanzas.FirstOrDefault(TakesMtu) is { } able)
            editor.AddOptions(able, description, $"mtu {mtu.ToString(CultureInfo.InvariantCulture)}");
        else if ((stanzas.Count > 0 ? stanzas[0] : configuration.BridgeOf(name)) is { } any)
            editor.AddOptions(any, description, "up " + command);
        else
            editor.AddStanza(name, after: null, "inet manual", $"mtu {mtu.ToString(CultureInfo.InvariantCulture)}");
    }

    /// <summary>The addresses the interface has at boot.</summary>
    public IEnumerable<InterfaceAddress> Addresses() => editor.Read().Stanzas(name).SelectMany(Addresses);

    /// <summary>The gateways of the interface, and of the routes that its commands add.</summary>
    /// <returns>Each with its place.</returns>
    public IEnumerable<(IPAddress Address, string Place)> Gateways()
    {
        foreach (var stanza in editor.Read().Stanzas(name))
        {
            if (
                stanza.Find("gateway") is var (index, line)
                && InterfaceAddress.TryParseAddress(line.Words.ElementAtOrDefault(1), out var own)
            )
                yield return (own, stanza.File.Place(index));
            foreach (var (at, words) in stanza.UpCommands)
            {
                var via = words.ToList().FindIndex(w => w is "via" or "gw");
                if (via >= 0 && InterfaceAddress.TryParseAddress(words.ElementAtOrDefault(via + 1), out var hop))
                    yield return (hop, stanza.File.Place(at));
            }
        }
    }

    /// <summary>Gives the interface an address at boot.</summary>
    public void EnsureAddress(InterfaceAddress address)
    {
        var stanzas = editor.Read().Stanzas(name);
        if (Addresses().Contains(address))
            return;

        var description = $"add {address} to {name} at boot";
        var method = address.IsIPv6 ? "inet6 static" : "inet static";
        if (stanzas.Count == 0)
        {
            editor.AddStanza(name, after: null, method, $"address {address}");
        }
        else if (
            stanzas.FirstOrDefault(s =>
                IsBridge(s) || s.Commands("post-down").Any(c => c.Words.Contains("link", StringComparer.Ordinal))
            ) is
            { } first
        )
        {
            // A second stanza would make the bridge, or delete the interface, twice (bridge-utils-interfaces(5)).
            editor.AddOptions(
                first,
                description,
                "up " + ShellCommand.Of("ip", "addr", "replace", address, "dev", name),
                "down " + ShellCommand.Of("ip", "addr", "del", address, "dev", name)
            );
        }
        else
        {
            var last = stanzas[^1];
            editor.Write(
                last.File,
                last.File.Insert(last.Last + 1, "", $"iface {name} {method}", $"{last.Indent}address {address}"),
                description
            );
        }
    }

    /// <summary>Lets the interface not have an address at boot.</summary>
    /// <param name="address">The address.</param>
    /// <param name="instead">An address to write in its place; null for none.</param>
    public void RemoveAddress(InterfaceAddress address, InterfaceAddress? instead)
    {
        while (editor.Read().Stanzas(name).FirstOrDefault(s => Addresses(s).Contains(address)) is { } stanza)
        {
            if (instead is not null && Addresses().Contains(instead))
                instead = null;
            var gone = new HashSet<int>();
            var replaced = new Dictionary<int, string>();
            if (OwnAddress(stanza) is { } own && own.Equals(address))
                RemoveOwn(stanza, instead, gone, replaced);
            else
                RemoveCommands(stanza, address, instead, gone, replaced);
            editor.Write(stanza.File, stanza.File.Remove(gone, replaced), NetworkBackend.Exchange(name, address, instead));
        }
    }

    // A stanza of a family that is left without an address goes, unless it is all that there is of the interface.
    private void RemoveOwn(InterfacesStanza stanza, InterfaceAddress? instead, HashSet<int> gone, Dictionary<int, string> replaced)
    {
        if (instead is not null)
        {
            Exchange(stanza, instead, replaced);
            return;
        }

        var options = stanza.Options.ToList();
        gone.UnionWith(
            options.Where(o => OptionsOfAddress.Contains(o.Line.Keyword.Replace('_', '-'), StringComparer.Ordinal)).Select(o => o.Index)
        );
        if (gone.Count == options.Count && editor.Read().Stanzas(name).Count > 1)
            gone.UnionWith(Enumerable.Range(stanza.First, stanza.Last - stanza.First + 1));
        // ifupdown2 knows stanzas without family and method, and such as inherit them: they give what addresses they have.
        else if (stanza.Family is "inet" or "inet6")
            replaced[stanza.First] = stanza.File.Lines[stanza.First].WithValue($"{name} {stanza.Family} manual");
    }

    // A command may do more than give the address.
    private void RemoveCommands(
        InterfacesStanza stanza,
        InterfaceAddress address,
        InterfaceAddress? instead,
        HashSet<int> gone,
        Dictionary<int, string> replaced
    )
    {
        var commands = stanza
            .Commands("pre-up", "up", "post-up", "down", "pre-down", "post-down")
            .Where(c => c.Words.Contains(address.ToString(), StringComparer.Ordinal) && c.Words.Contains(name, StringComparer.Ordinal));
        foreach (var index in commands.Select(c => c.Index))
        {
            var line = stanza.File.Lines[index];
            if (instead is not null)
                replaced[index] = Regex.Replace(
                    line.Raw,
                    $@"(?<![\w.:/]){Regex.Escape(address.ToString())}(?![\w.:/])",
                    instead.ToString(),
                    RegexOptions.CultureInvariant,
                    TimeSpan.FromSeconds(1)
                );
            else if (line.DoesMore)
                throw notSupported(
                    $"{stanza.File.Place(index):unquoted} does more than add {address} to {name}, and would be lost with it. "
                        + $"Change it there."
                );
            else
                _ = gone.Add(index);
        }
    }

    // All that stands beside the address stays; the mask is written as it is there.
    private void Exchange(InterfacesStanza stanza, InterfaceAddress instead, Dictionary<int, string> replaced)
    {
        var (index, line) = stanza.Find("address")!.Value;
        if (stanza.Find("netmask") is var (at, mask))
        {
            var isDotted = mask.Value.Contains('.', StringComparison.Ordinal);
            replaced[at] = mask.WithValue(isDotted ? instead.Mask.ToString() : instead.PrefixLength.ToString(CultureInfo.InvariantCulture));
        }

        var hasPrefix = stanza.Find("netmask") is null || line.Value.Contains('/', StringComparison.Ordinal);
        replaced[index] = line.WithValue(hasPrefix ? instead.ToString() : instead.Address.ToString());
        if (stanza.Find("broadcast") is var (below, there))
            replaced[below] = there.WithValue(broadcast(there.Value, OwnAddress(stanza)!, instead, stanza.File.Place(below)));
    }

    private static bool IsBridge(InterfacesStanza stanza) => stanza.Find("bridge-ports") is not null;

    // The other methods do not know the option, and inet6 sets the MTU of IPv6 alone where it is the smaller one.
    private static bool TakesMtu(InterfacesStanza stanza) =>
        stanza is { Family: "inet" or "", Method: "static" or "manual" or "" } && !IsBridge(stanza);

    private static InterfaceAddress? OwnAddress(InterfacesStanza stanza) =>
        stanza.Value("address") is { } value ? Parse(value, stanza.Value("netmask")) : null;

    private static IEnumerable<InterfaceAddress> Addresses(InterfacesStanza stanza)
    {
        if (OwnAddress(stanza) is { } own)
            yield return own;
        foreach (
            var (_, words) in stanza.UpCommands.Where(c =>
                c.Words.Any(w => w is "add" or "replace" or "a") && c.Words.Contains(stanza.Name, StringComparer.Ordinal)
            )
        )
        {
            foreach (var word in words)
            {
                if (InterfaceAddress.TryParse(word, out var added))
                    yield return added;
            }
        }
    }

    // The mask wins over a prefix; without either, the address has that of its class.
    private static InterfaceAddress? Parse(string value, string? mask)
    {
        var slash = value.IndexOf('/', StringComparison.Ordinal);
        if (!InterfaceAddress.TryParseAddress(slash < 0 ? value : value[..slash], out var ip))
            return null;

        var length = mask ?? (slash < 0 ? null : value[(slash + 1)..]);
        if (length is null && ip.AddressFamily is AddressFamily.InterNetwork)
            length = ip.GetAddressBytes()[0] switch
            {
                < 128 => "8",
                < 192 => "16",
                _ => "24",
            };
        if (length is not null && length.Contains('.', StringComparison.Ordinal) && IPAddress.TryParse(length, out var dotted))
            length = dotted.GetAddressBytes().Sum(b => System.Numerics.BitOperations.PopCount(b)).ToString(CultureInfo.InvariantCulture);
        return InterfaceAddress.TryParse($"{ip}/{length}", out var address) ? address : null;
    }
}
