namespace XenVlan.Cli.Json;

/// <summary>An error as JSON.</summary>
/// <param name="Error">The error.</param>
internal sealed record ErrorDocument(ErrorDetails Error);
