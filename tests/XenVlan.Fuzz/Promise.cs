using System.Globalization;
using System.Text;
using XenVlan.Model;

namespace XenVlan.Fuzz;

/// <summary>What must be so of whatever is read.</summary>
internal static class Promise
{
    /// <summary>Breaks where something is not so.</summary>
    /// <param name="isKept">Whether it is.</param>
    /// <param name="what">What was promised.</param>
    public static void That(bool isKept, string what)
    {
        if (!isKept)
            throw new BrokenPromiseException(what);
    }

    /// <summary>Does something that may refuse, by an error with an id and words for people.</summary>
    /// <param name="act">What to do.</param>
    public static void MayRefuse(Action act)
    {
        try
        {
            act();
        }
        catch (XenVlanException e)
        {
            That(e.ErrorId.StartsWith("XenVlan.", StringComparison.Ordinal), "an error has an id");
            foreach (var line in e.Message.Split('\n'))
                IsHarmless(line, "the message of an error");
        }
    }

    /// <summary>Does something that may say that its text is not what it reads.</summary>
    /// <param name="act">What to do.</param>
    public static void MayNotUnderstand(Action act)
    {
        try
        {
            act();
        }
        catch (FormatException e) when (e.TargetSite?.DeclaringType?.Namespace?.StartsWith("XenVlan", StringComparison.Ordinal) is true)
        {
            IsHarmless(e.Message, "what was not understood");
        }
    }

    /// <summary>Text of one line that is printed has nothing that a terminal acts on.</summary>
    /// <param name="text">The text.</param>
    /// <param name="what">What it is.</param>
    public static void IsHarmless(string? text, string what)
    {
        if (text is null)
            return;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] is >= ' ' and <= '~')
                continue;
            var category = CharUnicodeInfo.GetUnicodeCategory(text, i);
            if (
                category
                is UnicodeCategory.Control
                    or UnicodeCategory.Format
                    or UnicodeCategory.Surrogate
                    or UnicodeCategory.LineSeparator
                    or UnicodeCategory.ParagraphSeparator
            )
                throw new BrokenPromiseException(string.Create(CultureInfo.InvariantCulture, $"{what} has U+{(int)text[i]:X4} in it"));
            if (char.IsHighSurrogate(text[i]))
                i++;
        }
    }

    /// <summary>Two texts are the same.</summary>
    /// <param name="found">One.</param>
    /// <param name="wanted">The other.</param>
    /// <param name="what">What they are.</param>
    public static void IsSame(string found, string wanted, string what) => That(found == wanted, what);

    /// <summary>Pieces put together are the text they were cut from.</summary>
    /// <param name="pieces">The pieces.</param>
    /// <param name="text">The text.</param>
    public static void IsLossless(IEnumerable<string> pieces, string text)
    {
        var whole = new StringBuilder(text.Length);
        foreach (var piece in pieces)
            whole.Append(piece);
        IsSame(whole.ToString(), text, "the lines of a file are the file");
    }
}
