using System.Globalization;
using System.Text;

namespace XenVlan.Fuzz;

/// <summary>A text that a reader failed on.</summary>
/// <param name="Target">The reader's name.</param>
/// <param name="Input">The text.</param>
/// <param name="Kind">What is the same for all texts that fail for the same reason.</param>
/// <param name="Words">What happened.</param>
internal sealed record Failure(string Target, string Input, string Kind, string Words)
{
    private const string Heading = "# xenvlan-fuzz ";

    /// <summary>Writes it into a file of its own.</summary>
    /// <param name="directory">Where.</param>
    /// <returns>The file.</returns>
    public string Save(string directory)
    {
        _ = Directory.CreateDirectory(directory);
        var number = Math.Abs((long)string.GetHashCode(Kind.AsSpan(), StringComparison.Ordinal)) ^ Input.Length;
        var path = Path.Combine(directory, string.Create(CultureInfo.InvariantCulture, $"{Target}-{number:x8}.input"));
        File.WriteAllText(path, $"{Heading}{Target}\n{Input}", new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        return path;
    }

    /// <summary>Reads a file that <see cref="Save"/> wrote.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The reader's name, null where the file does not say, and the text.</returns>
    public static (string? Target, string Input) Load(string path)
    {
        var text = File.ReadAllText(path, Encoding.UTF8);
        if (!text.StartsWith(Heading, StringComparison.Ordinal))
            return (null, text);
        var feed = text.IndexOf('\n', StringComparison.Ordinal);
        return (text[Heading.Length..feed].Trim(), text[(feed + 1)..]);
    }
}
