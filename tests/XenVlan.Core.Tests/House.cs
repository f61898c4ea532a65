using Xunit;

namespace XenVlan.Tests;

/// <summary>The repository's own files, for tests of them, and the figures that such tests print.</summary>
internal static class House
{
    /// <summary>The trait of tests that print figures, and its value.</summary>
    public const string Trait = "House";

    /// <inheritdoc cref="Trait"/>
    public const string Figures = "figures";

    /// <summary>The repository's directory.</summary>
    public static string Root { get; } = Path.GetFullPath(Path.Combine(Golden.ProjectDirectory, "..", ".."));

    /// <summary>The files below some directories, by their paths from <see cref="Root"/>, without what was built.</summary>
    public static IEnumerable<string> Files(params IEnumerable<string> directories) =>
        directories
            .SelectMany(d => Directory.EnumerateFiles(Path.Combine(Root, d), "*", SearchOption.AllDirectories))
            .Select(f => Path.GetRelativePath(Root, f))
            .Where(f => !f.Split('/').Any(part => part is "bin" or "obj" or "Data"))
            .Order(StringComparer.Ordinal);

    /// <summary>The lines of a file of <see cref="Files"/>.</summary>
    public static string[] Lines(string file) => File.ReadAllLines(Path.Combine(Root, file));

    /// <summary>Prints a figure, a line by itself.</summary>
    public static void Print(string figure) => TestContext.Current.TestOutputHelper?.WriteLine($"house: {figure}");
}
