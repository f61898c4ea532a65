using Shouldly;
using XenVlan.Topology.Yaml;
using Xunit;

namespace XenVlan.Tests.Topology;

public sealed class MalformedDocumentTests
{
    private static readonly string Folder = Path.Combine(Golden.ProjectDirectory, "Topology", "Malformed");

    public static TheoryData<string> Documents =>
        [.. Directory.EnumerateFiles(Folder, "*.yaml").Select(f => Path.GetFileNameWithoutExtension(f)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Documents))]
    public void Every_error_is_reported_where_it_is(string document)
    {
        var text = File.ReadAllText(Path.Combine(Folder, document + ".yaml"));

        TopologyYaml.TryParse(text, document + ".yaml", out var parsed, out var errors).ShouldBeFalse();

        parsed.ShouldBeNull();
        Golden.Verify(string.Join('\n', errors), Path.Combine(Folder, document));
    }
}
