namespace XenVlan.Cli.Json;

/// <summary>A configuration file of a plan, as JSON.</summary>
/// <param name="Path">Where it is on the host.</param>
/// <param name="Description">What its change does, in words.</param>
internal sealed record FileDocument(string Path, string Description);
