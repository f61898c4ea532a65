using XenVlan.Model;

namespace XenVlan.Topology.Yaml;

/// <summary>Collects what is wrong with a document.</summary>
/// <param name="documentName">The document, as the user named it.</param>
internal sealed class DocumentErrors(string documentName)
{
    /// <summary>How many errors are reported at most: a document with more is no topology.</summary>
    public const int Maximum = 1000;

    private readonly List<DocumentError> _errors = [];

    /// <summary>How many there are so far.</summary>
    public int Count => _errors.Count;

    /// <summary>Records something that is not valid.</summary>
    /// <param name="position">Where it is.</param>
    /// <param name="message">What is wrong and what was expected, in a sentence.</param>
    /// <exception cref="ReadingStoppedException">There are too many errors.</exception>
    public void Add(SourcePosition position, string message)
    {
        _errors.Add(new DocumentError(documentName, position, ErrorIds.DocumentInvalid, message));
        if (_errors.Count == Maximum)
            throw Stop(position, $"There are more than {Maximum} errors; those after these are not listed.", ErrorIds.DocumentInvalid);
    }

    /// <summary>Records an error after which reading on is of no use.</summary>
    /// <param name="position">Where it is.</param>
    /// <param name="message">What is wrong and what was expected, in a sentence.</param>
    /// <param name="errorId">The error's identifier.</param>
    /// <returns>What to throw.</returns>
    public ReadingStoppedException Stop(SourcePosition position, string message, string errorId)
    {
        _errors.Add(new DocumentError(documentName, position, errorId, message));
        return new ReadingStoppedException();
    }

    /// <summary>All errors, in the document's order.</summary>
    /// <returns>The errors, none twice: what an alias repeats is read more than once.</returns>
    public IReadOnlyList<DocumentError> ToList() => [.. _errors.Distinct().OrderBy(e => e.Position)];
}
