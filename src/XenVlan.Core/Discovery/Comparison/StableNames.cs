using System.Globalization;
using System.Text.RegularExpressions;
using XenVlan.Model;

namespace XenVlan.Discovery.Comparison;

/// <summary>
/// Names that stay when a domain is started anew. Its number is another then, and so are the names of its vifs; its name and the
/// indexes of its NICs are not.
/// </summary>
internal sealed partial class StableNames
{
    private readonly Dictionary<int, string> _domains = [];
    private readonly Dictionary<string, string> _interfaces = new(StringComparer.Ordinal);

    /// <summary>The names of a host.</summary>
    /// <param name="snapshot">The host.</param>
    public StableNames(HostSnapshot snapshot)
    {
        // While a domain is moved to the same host, two may have one name.
        foreach (var same in snapshot.Domains.GroupBy(d => d.Name, StringComparer.Ordinal))
        {
            var isAlone = same.Select(d => d.Id).Distinct().Count() == 1;
            foreach (var domain in same)
                _domains[domain.Id] = isAlone ? domain.Name : $"{domain.Name} ({Number(domain.Id)})";
        }

        foreach (var link in snapshot.Interfaces.Where(IsOfNic))
            _interfaces[link.Name] = Of(link.Vif!) + (link.Kind is InterfaceKind.Tap ? " (emulated)" : "");
    }

    /// <summary>Whether an interface serves a domain's NIC. Domain 0's own vif0.0, which old scripts made, serves none.</summary>
    public static bool IsOfNic(NetworkInterface link) => link.Vif is { DomainId: not 0 };

    /// <summary>A domain.</summary>
    /// <param name="domainId">Its number.</param>
    /// <returns>Its name, or its number in words where names could not be seen.</returns>
    public string Domain(int domainId) => _domains.GetValueOrDefault(domainId, $"domain {Number(domainId)}");

    /// <summary>A domain's NIC.</summary>
    /// <returns>Such as <c>web:0</c>.</returns>
    public string Of(VifIdentity nic) => $"{Domain(nic.DomainId)}:{Number(nic.Index)}";

    /// <summary>An interface.</summary>
    /// <param name="name">The kernel's name for it; null for none.</param>
    /// <returns>The NIC that it serves, else the same name.</returns>
    public string? Of(string? name) => name is null ? null : _interfaces.GetValueOrDefault(name, name);

    /// <summary>Text in which interfaces may be named, such as a packet filter's rule.</summary>
    public string In(string text) => _interfaces.Count == 0 ? text : Word().Replace(text, word => Of(word.Value)!);

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    [GeneratedRegex(@"[\w.-]+", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Word();
}
