namespace XenVlan.Changes.Persistence;

/// <summary>A line of a script or unit of a host that speaks of making VLAN interfaces.</summary>
/// <param name="Path">The file.</param>
/// <param name="Number">The line, from 1.</param>
/// <param name="Text">The line.</param>
public sealed record ScriptLine(string Path, int Number, string Text);
