namespace XenVlan.Lab.Switching;

/// <summary>The switch's answer, one line: all its ports, or an error.</summary>
internal sealed record SwitchAnswer(IReadOnlyList<SwitchPortState> Ports, string? Error = null);
