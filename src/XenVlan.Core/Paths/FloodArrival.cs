namespace XenVlan.Paths;

/// <summary>Where a broadcast arrives.</summary>
/// <param name="Point">The interface.</param>
/// <param name="Room">The largest packet that comes so far, in bytes.</param>
/// <param name="IsCertain">Whether everything on the way was known.</param>
internal sealed record FloodArrival(PathPoint Point, int Room, bool IsCertain);
