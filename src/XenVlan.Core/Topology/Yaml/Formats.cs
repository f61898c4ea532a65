using System.Globalization;
using XenVlan.Hosts;
using XenVlan.Model;

namespace XenVlan.Topology.Yaml;

/// <summary>The single values of a topology document.</summary>
internal static class Formats
{
    private const int MaximumTextLength = 200;

    public static DocumentFormat<VlanId?> Vlan { get; } =
        new("vlanId", $"a VLAN id ({VlanId.Minimum} to {VlanId.Maximum})", text => VlanId.Parse(text));

    public static DocumentFormat<VlanSet> Vlans { get; } =
        new("vlanSet", "VLAN ids and ranges such as 10,20-29, all or none", VlanSet.Parse);

    public static DocumentFormat<VlanProtocol?> Protocol { get; } = new("protocol", "802.1Q or 802.1ad", ParseProtocol);

    public static DocumentFormat<int?> Mtu { get; } =
        new("mtu", "a number of bytes from 68 to 65535", text => ParseNumber("MTU", "a number of bytes", text, 68, 65535));

    public static DocumentFormat<int?> Port { get; } =
        new("port", "a TCP port from 1 to 65535", text => ParseNumber("Port", "a number", text, 1, 65535));

    public static DocumentFormat<int?> NicIndex { get; } =
        new("nicIndex", "a number from 0 to 255", text => ParseNumber("NIC index", "a number", text, 0, 255));

    public static DocumentFormat<bool?> Boolean { get; } = new("boolean", "true or false", ParseBoolean);

    public static DocumentFormat<InterfaceName> Interface { get; } = new("interfaceName", "an interface's name", InterfaceName.Parse);

    public static DocumentFormat<InterfaceAddress> Address { get; } =
        new("interfaceAddress", "an address with the length of its prefix, such as 10.10.0.1/24", InterfaceAddress.Parse);

    public static DocumentFormat<HostTarget> Host { get; } =
        new("hostAddress", "an ssh alias, host, user@host, user@host:port or local", ParseHost);

    public static DocumentFormat<string> Name { get; } = new("name", "a name", text => ParseText("Name", text));

    public static DocumentFormat<string> Text { get; } = new("text", "a line of text", text => ParseText("Text", text));

    public static DocumentFormat<TopologyWireEnd> TopologyWireEnd { get; } = new("wireEnd", "host/interface", ParseWireEnd);

    public static DocumentFormat<string> ApiVersion { get; } = new("apiVersion", TopologyDocument.ApiVersion, text => text);

    private static VlanProtocol? ParseProtocol(string text) =>
        text switch
        {
            "802.1Q" or "802.1q" => VlanProtocol.Dot1Q,
            "802.1ad" or "802.1AD" => VlanProtocol.Dot1AD,
            _ => throw Invalid($"VLAN protocol {text} is not known: it is 802.1Q or 802.1ad."),
        };

    private static int? ParseNumber(string what, string kind, string text, int minimum, int maximum) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        && number >= minimum
        && number <= maximum
        && (text.Length == 1 || text[0] != '0')
            ? number
            : throw Invalid($"{what:unquoted} {text} is not valid: it is {kind:unquoted} from {minimum} to {maximum}.");

    // YAML's own booleans have 22 spellings, of which "no" and "on" surprise people.
    private static bool? ParseBoolean(string text) =>
        text switch
        {
            "true" => true,
            "false" => false,
            _ => throw Invalid($"{text} is neither true nor false."),
        };

    private static HostTarget ParseHost(string text) => text == "local" ? HostTarget.Local : HostTarget.Parse(text);

    private static string ParseText(string what, string text)
    {
        var problem = text switch
        {
            "" => "it is empty",
            { Length: > MaximumTextLength } => $"it has more than {MaximumTextLength} characters",
            _ when text.Any(char.IsControl) => "it has a line break or another control character",
            _ when text.Trim().Length != text.Length => "it begins or ends with white space",
            _ => null,
        };
        return problem is null ? text : throw Invalid($"{what:unquoted} {text} is not valid: {problem:unquoted}.");
    }

    private static TopologyWireEnd ParseWireEnd(string text)
    {
        var slash = text.LastIndexOf('/');
        return slash > 0
            ? new TopologyWireEnd(text[..slash], InterfaceName.Parse(text[(slash + 1)..]))
            : throw Invalid($"End {text} is not valid: it is written host/interface.");
    }

    private static XenVlanException Invalid(Message message) => Errors.Of(ErrorIds.InvalidValue, message);
}
