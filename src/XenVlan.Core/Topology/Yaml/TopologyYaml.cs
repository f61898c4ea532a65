using System.Diagnostics.CodeAnalysis;
using XenVlan.Model;

namespace XenVlan.Topology.Yaml;

/// <summary>Reads topology documents from YAML.</summary>
public static class TopologyYaml
{
    /// <summary>Reads a document from a file.</summary>
    /// <param name="path">The file. UTF-8, at most <see cref="TopologyDocument.MaximumBytes"/>.</param>
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

        var id = errors.Any(e => e.ErrorId == ErrorIds.DocumentUnreadable) ? ErrorIds.DocumentUnreadable : ErrorIds.DocumentInvalid;
        throw Errors.Of(id, Message.List(errors.Select(e => Message.Of($"{e.ToString():unquoted}")), separator: "\n"), name);
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
        out IReadOnlyList<DocumentError> errors
    )
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(name);
        return TopologyReader.TryRead(text, name, out document, out errors);
    }
}
