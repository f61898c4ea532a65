using Shouldly;

namespace XenVlan.Tests;

/// <summary>
/// Compares text with a file that was looked at once and found right. Where they differ, what was received is put next
/// to it: <c>mv X.received.txt X.verified.txt</c> accepts it.
/// </summary>
internal static class Golden
{
    /// <summary>The directory of this test project's sources.</summary>
    public static string ProjectDirectory { get; } = Path.Combine(RepositoryRoot(), "tests", "XenVlan.Core.Tests");

    /// <summary>Compares text with <c>X.verified.txt</c>.</summary>
    /// <param name="text">The text; a line break at its end makes no difference.</param>
    /// <param name="path">X: a path from <see cref="ProjectDirectory"/>, or a full one.</param>
    public static void Verify(string text, string path)
    {
        var full = Path.Combine(ProjectDirectory, path);
        var verified = full + ".verified.txt";
        var received = full + ".received.txt";
        var actual = Normal(text);
        var expected = File.Exists(verified) ? Normal(File.ReadAllText(verified)) : null;
        if (actual == expected)
        {
            File.Delete(received);
            return;
        }

        File.WriteAllText(received, actual);
        expected.ShouldNotBeNull($"There is no {verified}; if {received} is right, give it that name.");
        actual.ShouldBe(expected, $"What was received is in {received}.");
    }

    private static string Normal(string text) => text.ReplaceLineEndings("\n").TrimEnd('\n') + "\n";

    private static string RepositoryRoot()
    {
        var directory = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(directory, "XenVlan.slnx")))
            directory =
                Path.GetDirectoryName(directory) ?? throw new InvalidOperationException("The tests do not run below the repository.");
        return directory;
    }
}
