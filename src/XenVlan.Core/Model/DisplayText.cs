using System.Globalization;
using System.Text;

namespace XenVlan.Model;

/// <summary>Makes text that came from outside safe to show: bounded, and without terminal control sequences.</summary>
public static class DisplayText
{
    private const int MaximumLength = 400;

    /// <summary>The text in quotation marks, cleaned as <see cref="Clean"/> does.</summary>
    /// <param name="text">Any text; null is shown as empty.</param>
    /// <returns>Such as <c>"eth0"</c>.</returns>
    public static string Quote(string? text) => "\"" + Clean(text) + "\"";

    /// <summary>
    /// Replaces each control character, and each character that changes the direction of text, by its escape, and
    /// shortens what is very long.
    /// </summary>
    /// <param name="text">Any text; null is shown as empty.</param>
    /// <param name="maximumLength">How many characters to keep at most.</param>
    /// <returns>Text of one line that is safe to print on a terminal.</returns>
    public static string Clean(string? text, int maximumLength = MaximumLength)
    {
        if (string.IsNullOrEmpty(text))
            return "";

        var clean = new StringBuilder(Math.Min(text.Length, maximumLength) + 1);
        foreach (var c in text)
        {
            if (clean.Length >= maximumLength)
                return clean.Append('…').ToString();

            switch (c)
            {
                case '\n':
                    clean.Append("\\n");
                    break;
                case '\t':
                    clean.Append("\\t");
                    break;
                default:
                    if (char.IsControl(c) || char.GetUnicodeCategory(c) is UnicodeCategory.Format)
                        clean.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}");
                    else
                        clean.Append(c);
                    break;
            }
        }

        return clean.ToString();
    }
}
