namespace XenVlan.Changes.Persistence.NetplanYaml;

/// <summary>Where an entry of a mapping, or an item of a list, is in its file.</summary>
/// <param name="First">The line where it begins, from 1.</param>
/// <param name="Column">The column where it begins, from 1.</param>
/// <param name="Last">The last line of what it says, before comments that follow.</param>
internal sealed record NetplanPlace(int First, int Column, int Last);
