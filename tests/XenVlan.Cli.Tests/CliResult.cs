namespace XenVlan.Cli.Tests;

/// <summary>What a run of the command did.</summary>
internal sealed record CliResult(int ExitStatus, string Output, string Error);
