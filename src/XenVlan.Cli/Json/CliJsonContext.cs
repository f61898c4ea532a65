using System.Text.Json.Serialization;
using XenVlan.Drawing;

namespace XenVlan.Cli.Json;

/// <summary>How the command's own documents become JSON, in the ways of Core's.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true, UseStringEnumConverter = true)]
[JsonSerializable(typeof(IReadOnlyList<PlanDocument>))]
[JsonSerializable(typeof(IReadOnlyList<TreeNode>))]
internal sealed partial class CliJsonContext : JsonSerializerContext;
