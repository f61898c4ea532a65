namespace XenVlan.Changes;

/// <summary>What the host keeps of an interface before a step, and gives back when it is undone.</summary>
/// <param name="Link">The interface.</param>
/// <param name="Extent">How much.</param>
public sealed record KeptState(string Link, KeptExtent Extent);
