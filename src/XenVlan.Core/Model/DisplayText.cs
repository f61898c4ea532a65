using System.Globalization;
using System.Text;

namespace XenVlan.Model;

/// <summary>Makes text that came from outside safe to show: bounded, and without terminal control sequences.</summary>
public static class DisplayText
{
    private const int MaximumLength = 400;
    private const int ParagraphLength = 4000;

    /// <summary>The text in quotation marks, cleaned as <see cref="Clean"/> does.</summary>
    /// <param name="text">Any text; null is shown as empty.</param>
    /// <returns>Such as <c>"eth0"</c>.</returns>
    public static string Quote(string? text) => "\"" + Clean(text) + "\"";

    /// <summary>What <see cref="Clean"/> makes of our own sentences about a host, which may name many of its things.</summary>
    /// <param name="text">The sentences.</param>
    /// <returns>The text, shortened beyond 4000 characters.</returns>
    public static string CleanSentences(string text) => Clean(text, ParagraphLength);

    /// <summary>
    /// Replaces each control character, each that parts lines, each that is not seen or changes the direction of text, and
    /// each half of a surrogate pair by its escape, and shortens what is very long.
    /// </summary>
    /// <param name="text">Any text; null is shown as empty.</param>
    /// <param name="maximumLength">How many characters to keep at most.</param>
    /// <returns>Text of one line that is safe to print on a terminal.</returns>
    public static string Clean(string? text, int maximumLength = MaximumLength)
    {
        if (string.IsNullOrEmpty(text))
            return "";

        var clean = new StringBuilder(Math.Min(text.Length, maximumLength) + 1);
        for (var i = 0; i < text.Length; i++)
        {
            if (clean.Length >= maximumLength)
                return clean.Append('…').ToString();

            var c = text[i];
            if (c == '\n')
                clean.Append("\\n");
            else if (c == '\t')
                clean.Append("\\t");
            else if (!IsSafe(CharUnicodeInfo.GetUnicodeCategory(text, i)))
                clean.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}");
            else if (char.IsHighSurrogate(c))
                clean.Append(c).Append(text[++i]);
            else
                clean.Append(c);
        }

        return clean.ToString();
    }

    // Of a whole pair, the category is that of its character; a half is a surrogate.
    private static bool IsSafe(UnicodeCategory category) =>
        category
            is not (
                UnicodeCategory.Control
                or UnicodeCategory.Format
                or UnicodeCategory.Surrogate
                or UnicodeCategory.LineSeparator
                or UnicodeCategory.ParagraphSeparator
            );
}
