namespace XenVlan.Drawing;

/// <summary>A line of a picture.</summary>
/// <param name="Text">The line, free of control characters.</param>
/// <param name="Look">How it is to look.</param>
public sealed record PictureLine(string Text, PictureLook Look);
