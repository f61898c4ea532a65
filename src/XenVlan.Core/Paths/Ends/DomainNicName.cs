using System.Globalization;
using XenVlan.Model;

namespace XenVlan.Paths.Ends;

/// <summary>Which NIC of which domain is meant.</summary>
/// <param name="Domain">The domain's name, or its number.</param>
/// <param name="Index">The NIC's number in its domain, from 0.</param>
public sealed record DomainNicName(string Domain, int Index)
{
    /// <summary>Finds the NIC.</summary>
    /// <param name="nics">The NICs there are.</param>
    /// <param name="host">The host they are on, for the error.</param>
    /// <returns>The NIC.</returns>
    /// <exception cref="XenVlanException"><see cref="ErrorIds.DomainNotFound"/>, <see cref="ErrorIds.NicNotFound"/>.</exception>
    internal XenDomainNic Find(IReadOnlyList<XenDomainNic> nics, string host)
    {
        var own = nics.Where(n => n.DomainName == Domain).ToList();
        if (own.Count == 0)
            own = [.. nics.Where(n => n.DomainId.ToString(CultureInfo.InvariantCulture) == Domain)];
        if (own.Count == 0)
        {
            throw new XenVlanException(
                ErrorIds.DomainNotFound,
                $"Host {DisplayText.Quote(host)} runs no domain {DisplayText.Quote(Domain)} with a NIC. It has: "
                    + $"{string.Join(", ", nics.Select(n => DisplayText.Clean(n.DomainName)).Distinct())}.",
                host
            );
        }

        return own.Find(n => n.Index == Index)
            ?? throw new XenVlanException(
                ErrorIds.NicNotFound,
                $"Domain {DisplayText.Quote(Domain)} on host {DisplayText.Quote(host)} has no NIC {Index}. It has: "
                    + $"{string.Join(", ", own.Select(n => n.Index))}.",
                host
            );
    }

    /// <summary>The NIC as people write it.</summary>
    /// <returns>Such as <c>ftp:0</c>.</returns>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Domain}:{Index}");
}
