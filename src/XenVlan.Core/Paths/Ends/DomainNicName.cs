using System.Globalization;
using XenVlan.Discovery;
using XenVlan.Model;

namespace XenVlan.Paths.Ends;

/// <summary>Which NIC of which domain is meant.</summary>
/// <param name="Domain">The domain's name, or its number.</param>
/// <param name="Index">The NIC's number in its domain, from 0.</param>
public sealed record DomainNicName(string Domain, int Index)
{
    /// <summary>Finds the NIC.</summary>
    /// <exception cref="XenVlanException"><see cref="ErrorIds.DomainNotFound"/>, <see cref="ErrorIds.NicNotFound"/>.</exception>
    internal XenDomainNic Find(HostSnapshot host)
    {
        var nics = SnapshotViews.DomainNics(host);
        var isName = nics.Any(n => n.DomainName == Domain) || host.Domains.Any(d => d.Name == Domain);
        var numbered = nics.FirstOrDefault(n => n.DomainId.ToString(CultureInfo.InvariantCulture) == Domain);
        return SnapshotViews.FindNic(host, isName ? Domain : numbered?.DomainName ?? Domain, Index);
    }

    /// <summary>The NIC as people write it.</summary>
    /// <returns>Such as <c>ftp:0</c>.</returns>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Domain}:{Index}");
}
