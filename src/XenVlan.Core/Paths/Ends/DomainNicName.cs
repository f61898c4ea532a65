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
            throw Errors.On(
                host,
                ErrorIds.DomainNotFound,
                $"Host {host} runs no domain {Domain} with a NIC. It has: " + $"{Message.List(nics.Select(n => n.DomainName))}."
            );
        }

        return own.Find(n => n.Index == Index)
            ?? throw Errors.On(
                host,
                ErrorIds.NicNotFound,
                $"Domain {Domain} on host {host} has no NIC {Index}. It has: " + $"{string.Join(", ", own.Select(n => n.Index)):unquoted}."
            );
    }

    /// <summary>The NIC as people write it.</summary>
    /// <returns>Such as <c>ftp:0</c>.</returns>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Domain}:{Index}");
}
