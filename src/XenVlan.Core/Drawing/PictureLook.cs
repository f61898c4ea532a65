namespace XenVlan.Drawing;

/// <summary>How a line of a picture is to look where there are colours.</summary>
public enum PictureLook
{
    /// <summary>As any text.</summary>
    Plain,

    /// <summary>What stands over others.</summary>
    Heading,

    /// <summary>What is well.</summary>
    Good,

    /// <summary>What is not.</summary>
    Bad,

    /// <summary>What is not known.</summary>
    Warning,
}
