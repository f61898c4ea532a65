namespace XenVlan.Changes.Persistence;

/// <summary>A configuration file as a host has it.</summary>
/// <param name="Path">Where it is, absolute.</param>
/// <param name="Content">What is in it, byte for byte: each byte is one character (ISO 8859-1), whatever the file means by it.</param>
/// <param name="LinkTarget">Where the symbolic link at the path leads, as it is written there; null where it is no link.</param>
public sealed record HostFile(string Path, string Content, string? LinkTarget = null);
