namespace XenVlan.Cli.Json;

/// <summary>What an error says.</summary>
/// <param name="Id">Its stable identifier.</param>
/// <param name="Message">What was wrong and what to do.</param>
/// <param name="Target">What it is about; null where there is nothing to name.</param>
internal sealed record ErrorDetails(string Id, string Message, string? Target);
