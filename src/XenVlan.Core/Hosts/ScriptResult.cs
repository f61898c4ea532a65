namespace XenVlan.Hosts;

/// <summary>What a script did on a host.</summary>
/// <param name="ExitStatus">Its exit status, 0 to 255.</param>
/// <param name="Output">What it printed.</param>
/// <param name="ErrorOutput">What it printed to standard error.</param>
public sealed record ScriptResult(int ExitStatus, string Output, string ErrorOutput);
