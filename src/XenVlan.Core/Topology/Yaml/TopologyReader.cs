using System.Diagnostics.CodeAnalysis;
using XenVlan.Model;

namespace XenVlan.Topology.Yaml;

/// <summary>Reads a topology document.</summary>
internal static class TopologyReader
{
    private static readonly ValueKey<string> ApiVersion = new(
        "apiVersion",
        Formats.ApiVersion,
        $"The version of this format, {TopologyDocument.ApiVersion}",
        IsRequired: true
    );

    private static readonly ObjectKey Hosts = new(
        "hosts",
        TopologyHostReader.Shape,
        "The hosts by the names they have in this document",
        KeyForm.Named,
        IsRequired: true
    );

    private static readonly ObjectKey Domains = new(
        "domains",
        DomainReader.Shape,
        "The domains by the names they have on their hosts",
        KeyForm.Named
    );

    private static readonly ObjectKey Wires = new(
        "wires",
        WireReader.Shape,
        "The links between uplinks, through whatever switch there is",
        KeyForm.List
    );

    private static readonly ObjectKey Expect = new(
        "expect",
        ExpectationReader.Shape,
        "What must be true, beyond how hosts and domains are set up",
        KeyForm.List
    );

    /// <summary>The keys of a document.</summary>
    public static Shape Shape { get; } = new("topology", "a topology", ApiVersion, Hosts, Domains, Wires, Expect);

    /// <summary>Reads a document.</summary>
    /// <param name="text">The YAML.</param>
    /// <param name="name">What errors shall call the document.</param>
    /// <param name="document">The document, when it is valid.</param>
    /// <param name="errors">All that is wrong with it, in the document's order.</param>
    /// <returns>Whether the document is valid.</returns>
    public static bool TryRead(
        string text,
        string name,
        [NotNullWhen(true)] out TopologyDocument? document,
        out IReadOnlyList<DocumentError> errors
    )
    {
        var found = new DocumentErrors(name);
        document = null;
        try
        {
            document = Read(text, name, found);
        }
        catch (ReadingStoppedException)
        {
            // Why it stopped is among the errors.
        }

        errors = found.ToList();
        if (errors.Count > 0)
            document = null;
        return document is not null;
    }

    private static TopologyDocument Read(string text, string name, DocumentErrors errors)
    {
        var root = NodeReader.Read(text, errors);
        CheckVersion(root, errors);

        var map = new DocumentMap(root, Shape, root.Position, errors);
        var context = new DocumentContext(errors);
        var hosts = new List<TopologyHost>();
        foreach (var (hostName, hostMap) in map.GetNamed(Hosts, Formats.Name))
            hosts.Add(TopologyHostReader.Read(hostName, hostMap, context));
        if (map.Has(Hosts) && hosts.Count == 0 && !map.IsFaulty)
            errors.Add(map.PositionOf(Hosts), "A topology needs at least one host.");

        var domains = new List<TopologyDomain>();
        foreach (var (domainName, domainMap) in map.GetNamed(Domains, Formats.Name))
            domains.Add(DomainReader.Read(domainName, domainMap, context));

        var wires = map.GetObjects(Wires).Select(w => WireReader.Read(w, context)).ToList();
        var expectations = map.GetObjects(Expect).Select(e => ExpectationReader.Read(e, context)).OfType<Expectation>().ToList();
        return new TopologyDocument(name, hosts, domains, wires, expectations);
    }

    // The keys of another version, or of something that is no topology at all, are not worth an error each.
    private static void CheckVersion(DocumentNode root, DocumentErrors errors)
    {
        var version = (root as MapNode)?.Entries.FirstOrDefault(e => e.Key.Text == ApiVersion.Name)?.Value;
        if (version is ScalarNode { IsNothing: false } scalar && scalar.Text != TopologyDocument.ApiVersion)
        {
            throw errors.Stop(
                scalar.Position,
                $"apiVersion {DisplayText.Quote(scalar.Text)} is not supported; this version of XenVlan reads "
                    + $"{TopologyDocument.ApiVersion}.",
                ErrorIds.DocumentInvalid
            );
        }
    }
}
