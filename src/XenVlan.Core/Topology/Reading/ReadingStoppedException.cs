namespace XenVlan.Topology.Reading;

/// <summary>An error was recorded after which reading on is of no use.</summary>
internal sealed class ReadingStoppedException : Exception;
