namespace XenVlan.Lab;

/// <summary>One port of the lab's switch as it stands.</summary>
/// <param name="Settings">How it is set.</param>
/// <param name="Counts">The fate of every frame that came to it.</param>
/// <param name="Learned">The stations behind it, as <c>MAC@VLAN</c>.</param>
public sealed record SwitchPortState(SwitchPortSettings Settings, IReadOnlyList<SwitchCount> Counts, IReadOnlyList<string> Learned);
