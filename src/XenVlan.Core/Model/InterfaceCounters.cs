namespace XenVlan.Model;

/// <summary>Frames counted by an interface since it was made.</summary>
/// <param name="Received">Frames received.</param>
/// <param name="Sent">Frames sent.</param>
/// <param name="ReceivedDropped">Frames received and dropped.</param>
/// <param name="SentDropped">Frames dropped instead of sent.</param>
public sealed record InterfaceCounters(long Received, long Sent, long ReceivedDropped, long SentDropped);
