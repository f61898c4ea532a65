namespace XenVlan.Topology.Reading;

/// <summary>How a single value is written.</summary>
/// <typeparam name="T">What it is read into.</typeparam>
/// <param name="Name">Its name in the JSON Schema.</param>
/// <param name="Expected">What errors say was expected, such as <c>a VLAN id (1 to 4094)</c>.</param>
/// <param name="Parse">Reads it; throws <see cref="Model.XenVlanException"/> when it is not valid.</param>
internal sealed record DocumentFormat<T>(string Name, string Expected, Func<string, T> Parse);
