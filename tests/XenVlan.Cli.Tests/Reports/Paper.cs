using XenVlan.Cli.Output;

namespace XenVlan.Cli.Tests.Reports;

/// <summary>Catches what is printed on a screen.</summary>
internal static class Paper
{
    /// <summary>What is printed where there is no terminal.</summary>
    public static string Print(Action<Screen> print) => Print(print, null, colours: false);

    /// <summary>What is printed.</summary>
    public static string Print(Action<Screen> print, int? width, bool colours)
    {
        using var text = new StringWriter();
        print(new Screen(text, width, colours));
        return text.ToString();
    }
}
