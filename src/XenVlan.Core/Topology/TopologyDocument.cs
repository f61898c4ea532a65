using System.Diagnostics.CodeAnalysis;
using XenVlan.Model;
using XenVlan.Topology.Reading;

namespace XenVlan.Topology;

/// <summary>
/// What a network of Xen hosts shall be, and what shall be true of it: a YAML document with
/// <c>apiVersion: xenvlan/v1</c>.
/// </summary>
/// <param name="Name">The document, as the user named it: a file's path.</param>
/// <param name="Hosts">Its hosts, in the document's order.</param>
/// <param name="Domains">Its domains, in the document's order.</param>
/// <param name="Wires">The links between its hosts.</param>
/// <param name="Expectations">What must be true, in the document's order.</param>
public sealed record TopologyDocument(
    string Name,
    IReadOnlyList<TopologyHost> Hosts,
    IReadOnlyList<TopologyDomain> Domains,
    IReadOnlyList<TopologyWire> Wires,
    IReadOnlyList<Expectation> Expectations)
{
    /// <summary>The <c>apiVersion</c> that this version of XenVlan reads.</summary>
    public const string ApiVersion = "xenvlan/v1";

    /// <summary>The largest document, in bytes of UTF-8: 8 MiB.</summary>
    public const int MaximumBytes = 8 * 1024 * 1024;

    /// <summary>The ends that expectations can name: each host, then each domain that has a guest.</summary>
    public IReadOnlyList<TopologyEnd> Ends =>
    [
        .. Hosts.Select(h => new TopologyEnd(h.Name, h.Target, h.VlanInterfaces)),
        .. Domains.Where(d => d.Guest is not null).Select(d => new TopologyEnd(d.Name, d.Guest!.Target, d.Guest.VlanInterfaces)),
    ];

    /// <summary>Reads a document from a file.</summary>
    /// <param name="path">The file. UTF-8, at most <see cref="MaximumBytes"/>.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>The document.</returns>
    /// <exception cref="XenVlanException">
    /// <see cref="ErrorIds.DocumentUnreadable"/>: the file cannot be read, or is no UTF-8 or no YAML.
    /// <see cref="ErrorIds.DocumentInvalid"/>: as with <see cref="Parse"/>.
    /// </exception>
    public static async Task<TopologyDocument> LoadAsync(string path, CancellationToken cancellationToken = default) =>
        Parse(await DocumentFile.ReadAsync(path, cancellationToken).ConfigureAwait(false), path);

    /// <summary>Reads a document from text.</summary>
    /// <param name="text">The YAML.</param>
    /// <param name="name">What errors shall call the document.</param>
    /// <returns>The document.</returns>
    /// <exception cref="XenVlanException">
    /// <see cref="ErrorIds.DocumentUnreadable"/>: the text is no YAML, or too large.
    /// <see cref="ErrorIds.DocumentInvalid"/>: it says something that is not valid. The message has a line for each
    /// error, <c>file:line:column: what is wrong</c>.
    /// </exception>
    public static TopologyDocument Parse(string text, string name)
    {
        if (TryParse(text, name, out var document, out var errors))
            return document;

        var id = errors.Any(e => e.ErrorId == ErrorIds.DocumentUnreadable)
            ? ErrorIds.DocumentUnreadable
            : ErrorIds.DocumentInvalid;
        throw new XenVlanException(id, string.Join('\n', errors), name);
    }

    /// <summary>Reads a document from text.</summary>
    /// <param name="text">The YAML.</param>
    /// <param name="name">What errors shall call the document.</param>
    /// <param name="document">The document, when it is valid.</param>
    /// <param name="errors">All that is wrong with it, in the document's order.</param>
    /// <returns>Whether the document is valid.</returns>
    public static bool TryParse(
        string text,
        string name,
        [NotNullWhen(true)] out TopologyDocument? document,
        out IReadOnlyList<DocumentError> errors)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(name);
        return TopologyReader.TryRead(text, name, out document, out errors);
    }

    /// <summary>Finds an end that expectations can name.</summary>
    /// <param name="name">The name of a host, or of a domain that has a guest.</param>
    /// <returns>The end; null when the document has none of that name.</returns>
    public TopologyEnd? FindEnd(string name) => Ends.FirstOrDefault(e => e.Name == name);
}
