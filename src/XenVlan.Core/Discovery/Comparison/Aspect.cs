namespace XenVlan.Discovery.Comparison;

/// <summary>Something of a thing that can differ.</summary>
/// <typeparam name="T">What it is of.</typeparam>
/// <param name="Name">Its name, as the objects that users see have it.</param>
/// <param name="Value">Reads it: a number, a word, VLANs, an address, names; null for none.</param>
/// <param name="NullIsUnknown">Whether null means that it could not be seen; it is not compared then.</param>
internal sealed record Aspect<T>(string Name, Func<T, StableNames, object?> Value, bool NullIsUnknown = false);
