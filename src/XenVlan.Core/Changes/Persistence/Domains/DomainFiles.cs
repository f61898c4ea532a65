using System.Text.RegularExpressions;
using XenVlan.Changes.Persistence.Files;
using XenVlan.Model;

namespace XenVlan.Changes.Persistence.Domains;

/// <summary>Finds the file a domain is made from.</summary>
internal sealed class DomainFiles(FilePlanBuilder planning)
{
    // SUSE keeps the files in vm; those in auto are started at boot, and are links mostly.
    private static readonly string[] Directories = ["/etc/xen", "/etc/xen/auto", "/etc/xen/vm"];

    private static readonly string[] NoDomains =
    [
        ".conf",
        ".sxp",
        "~",
        ".bak",
        ".orig",
        ".old",
        ".save",
        ".swp",
        ".rpmsave",
        ".rpmnew",
        ".rpmorig",
        ".dpkg-old",
        ".dpkg-new",
        ".dpkg-dist",
        ".dpkg-bak",
    ];

    /// <summary>The files to read, as patterns of the shell.</summary>
    public static IReadOnlyList<string> Patterns { get; } = [.. Directories.Select(d => $"{d}/*")];

    private ConfigDialect Dialect => planning.Host.Toolstack is Toolstack.Xend ? ConfigDialect.XM : ConfigDialect.XL;

    /// <summary>Finds a domain's file.</summary>
    /// <param name="domain">The domain's name, a byte a character.</param>
    /// <returns>The file; null where there is none.</returns>
    /// <exception cref="XenVlanException">
    /// <see cref="ErrorIds.ConfigurationConflict"/>: several files are of that domain;
    /// <see cref="ErrorIds.ConfigurationUnreadable"/>: it could not be read; all of <see cref="ConfigSource.Error"/>.
    /// </exception>
    public DomainConfig? Find(string domain)
    {
        var paths = planning.Paths;
        var found = paths
            .Where(IsDomainFile)
            .Select(p => planning.ReadLink(p) is { } target ? Resolve(p, target) : p)
            .Where(p => paths.Contains(p, StringComparer.Ordinal))
            .Distinct(StringComparer.Ordinal)
            .Where(p => Mentions(planning.Read(p)!, domain))
            .Select(p => DomainConfig.Parse(new ConfigSource(planning.Host.HostName, p, planning.Read(p)!, Dialect)))
            .Where(c => c.Name == domain)
            .ToList();

        if (found.Count > 1)
            throw planning.Host.Error(
                ErrorIds.ConfigurationConflict,
                $"Several files of host {planning.Host.HostName} are of the domain {domain}: "
                    + $"{Message.List(found.Select(f => f.Path))}. Keep one of them under /etc/xen, or {new ChangeOnlyWhatRuns()}."
            );
        if (found.Count == 0)
            CheckLikelyOnes(domain);
        return found.SingleOrDefault();
    }

    /// <summary>The bridge xl uses for a NIC that names none (<c>vif.default.bridge</c> in xl.conf(5)).</summary>
    /// <returns>The bridge's name; null where that is not known, as with xm.</returns>
    public string? DefaultBridge()
    {
        if (Dialect is not ConfigDialect.XL)
            return null;
        var match = Regex.Match(
            planning.Read("/etc/xen/xl.conf") ?? "",
            """^[ \t]*(?:vif\.default\.bridge|defaultbridge)[ \t]*=[ \t]*["'](?<name>[^"'\n]*)["']""",
            RegexOptions.Multiline | RegexOptions.ExplicitCapture,
            TimeSpan.FromSeconds(1)
        );
        return match.Success ? match.Groups["name"].Value : "xenbr0";
    }

    private static bool IsDomainFile(string path)
    {
        var slash = path.LastIndexOf('/');
        return Directories.Contains(path[..slash], StringComparer.Ordinal)
            && !NoDomains.Any(s => path.EndsWith(s, StringComparison.Ordinal));
    }

    // A file that is not of this domain may be as wrong as it likes.
    private static bool Mentions(string text, string domain) =>
        Regex.IsMatch(
            text,
            $"""(?:^|;)[ \t]*name[ \t]*\+?=[ \t]*["']?{Regex.Escape(domain)}(?![\w.-])""",
            RegexOptions.Multiline | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant,
            TimeSpan.FromSeconds(1)
        );

    private static string Resolve(string link, string target)
    {
        var parts = new List<string>();
        var full = target.StartsWith('/') ? target : $"{link[..link.LastIndexOf('/')]}/{target}";
        foreach (var part in full.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            if (part is ".." && parts.Count > 0)
                parts.RemoveAt(parts.Count - 1);
            else if (part is not ("." or ".."))
                parts.Add(part);
        }

        return "/" + string.Join('/', parts);
    }

    // Reading a file that is there and is not ours to read says so.
    private void CheckLikelyOnes(string domain)
    {
        foreach (
            var path in new[] { $"/etc/xen/{domain}.cfg", $"/etc/xen/{domain}", $"/etc/xen/auto/{domain}.cfg", $"/etc/xen/auto/{domain}" }
        )
            _ = planning.Read(path);
    }
}
