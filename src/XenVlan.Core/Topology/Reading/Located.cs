namespace XenVlan.Topology.Reading;

/// <summary>A value and where it stands in the document.</summary>
/// <typeparam name="T">The value's type.</typeparam>
/// <param name="Value">The value.</param>
/// <param name="Position">Where it stands.</param>
internal readonly record struct Located<T>(T Value, SourcePosition Position);
