namespace XenVlan.Hosts;

/// <summary>What came of one host: a value, or the error that prevented it.</summary>
/// <typeparam name="T">The value's type.</typeparam>
/// <param name="Target">The host.</param>
/// <param name="Value">The value; default when <paramref name="Error"/> is there.</param>
/// <param name="Error">The error; null when all went well.</param>
public sealed record HostOutcome<T>(HostTarget Target, T? Value, Exception? Error);
