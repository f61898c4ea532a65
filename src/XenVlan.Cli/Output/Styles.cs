using Spectre.Console;

namespace XenVlan.Cli.Output;

/// <summary>How things look on a terminal with colours.</summary>
internal static class Styles
{
    /// <summary>What needs no look of its own. A bare null would be taken for the text of a style.</summary>
    public static Style? Plain => null;

    /// <summary>What is well.</summary>
    public static Style Good { get; } = new(Color.Green);

    /// <summary>What is not.</summary>
    public static Style Bad { get; } = new(Color.Red);

    /// <summary>What to look at.</summary>
    public static Style Warning { get; } = new(Color.Yellow);

    /// <summary>What stands out.</summary>
    public static Style Heading { get; } = new(decoration: Decoration.Bold);

    /// <summary>What may be passed over.</summary>
    public static Style Faint { get; } = new(decoration: Decoration.Dim);
}
