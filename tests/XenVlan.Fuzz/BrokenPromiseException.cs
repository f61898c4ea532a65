namespace XenVlan.Fuzz;

/// <summary>A reader gave a value, but not one that it may give.</summary>
internal sealed class BrokenPromiseException(string message) : Exception(message);
