namespace XenVlan.Topology.Yaml;

/// <summary>An error was recorded after which reading on is of no use.</summary>
internal sealed class ReadingStoppedException : Exception;
