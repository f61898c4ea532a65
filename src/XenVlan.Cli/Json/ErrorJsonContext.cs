using System.Text.Json.Serialization;

namespace XenVlan.Cli.Json;

/// <summary>How errors become JSON: one line each, so that whoever reads them can tell them apart.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ErrorDocument))]
internal sealed partial class ErrorJsonContext : JsonSerializerContext;
