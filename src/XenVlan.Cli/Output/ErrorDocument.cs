using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace XenVlan.Cli.Output;

/// <summary>An error as JSON.</summary>
internal sealed record ErrorDocument(ErrorDetails Error);

/// <summary>What an error says.</summary>
/// <param name="Id">Its stable identifier.</param>
/// <param name="Message">What was wrong and what to do.</param>
/// <param name="Target">What it is about; null where there is nothing to name.</param>
/// <param name="Remedies">What of it is to be done, as data; null where that is in words only.</param>
internal sealed record ErrorDetails(
    string Id,
    string Message,
    string? Target,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] JsonNode? Remedies
);

/// <summary>How errors become JSON: one line each, so that whoever reads them can tell them apart.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ErrorDocument))]
internal sealed partial class ErrorJsonContext : JsonSerializerContext;
