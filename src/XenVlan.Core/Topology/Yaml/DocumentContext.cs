using System.Net;
using XenVlan.Model;

namespace XenVlan.Topology.Yaml;

/// <summary>What the parts of a document must know of each other while it is read.</summary>
internal sealed class DocumentContext(DocumentErrors errors)
{
    private readonly Dictionary<string, SourcePosition> _names = new(StringComparer.Ordinal);
    private readonly HashSet<string> _hosts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, TopologyNode> _ends = new(StringComparer.Ordinal);
    private readonly HashSet<string> _faulty = new(StringComparer.Ordinal);
    private readonly Dictionary<(VlanId, IPAddress), SourcePosition> _addresses = [];

    /// <summary>Where errors go.</summary>
    public DocumentErrors Errors => errors;

    /// <summary>Records a host's name.</summary>
    public void AddHostName(string name, SourcePosition position)
    {
        _hosts.Add(name);
        AddName(name, position);
    }

    /// <summary>Records a name, which no host or domain before may have.</summary>
    public void AddName(string name, SourcePosition position)
    {
        if (!_names.TryAdd(name, position))
        {
            errors.Add(position, $"The name {DisplayText.Quote(name)} is taken at {_names[name]}; hosts and domains need different names.");
        }
    }

    /// <summary>Records what an expectation can name.</summary>
    /// <param name="end">The end.</param>
    /// <param name="isFaulty">Whether it has errors, so that what it lacks may be due to those.</param>
    public void AddEnd(TopologyNode end, bool isFaulty)
    {
        _ends.TryAdd(end.Name, end);
        if (isFaulty)
            _faulty.Add(end.Name);
    }

    /// <summary>Records an address, which nothing else on the VLAN may have.</summary>
    public void AddAddress(VlanId vlan, Located<InterfaceAddress> address)
    {
        var ip = address.Value.Address;
        if (!_addresses.TryAdd((vlan, ip), address.Position))
            errors.Add(address.Position, $"The address {ip} is taken on VLAN {vlan} at {_addresses[(vlan, ip)]}.");
    }

    /// <summary>Records an error when the document has no such host.</summary>
    public void CheckHost(string name, SourcePosition position)
    {
        if (!_hosts.Contains(name))
            errors.Add(position, $"This document has no host {DisplayText.Quote(name)}{NearestName.Question(name, _hosts)}");
    }

    /// <summary>Records an error when an expectation cannot name this end, or it has no address on the VLAN.</summary>
    /// <param name="end">The name and where it stands.</param>
    /// <param name="vlan">The VLAN; null when it is not valid itself.</param>
    public void CheckEnd(Located<string> end, VlanId? vlan)
    {
        var (name, position) = end;
        if (!_names.ContainsKey(name))
        {
            errors.Add(position, $"This document has no host or domain {DisplayText.Quote(name)}{NearestName.Question(name, _ends.Keys)}");
        }
        else if (!_ends.TryGetValue(name, out var known))
        {
            errors.Add(
                position,
                $"The domain {DisplayText.Quote(name)} has no guest in this document, so nothing can be tried from there or of there."
            );
        }
        else if (vlan is { } id && known.InterfaceOn(id) is null && !_faulty.Contains(name))
        {
            errors.Add(position, $"{DisplayText.Quote(name)} has no VLAN interface on VLAN {id} with an address in this document.");
        }
    }
}
