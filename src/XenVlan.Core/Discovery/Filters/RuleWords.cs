using System.Text;

namespace XenVlan.Discovery.Filters;

/// <summary>Takes the line of a rule apart into words.</summary>
internal static class RuleWords
{
    /// <summary>Splits a line at white space.</summary>
    /// <returns>Its words; what stands in double quotes is one word, without them, and a backslash in it makes the next character a plain
    /// one.</returns>
    public static IReadOnlyList<string> Split(string line)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        var isQuoted = false;
        var isWord = false;
        for (var i = 0; i < line.Length; i++)
        {
            var c = line[i];
            if (isQuoted && c == '\\' && i + 1 < line.Length)
            {
                _ = word.Append(line[++i]);
            }
            else if (c == '"')
            {
                (isQuoted, isWord) = (!isQuoted, true);
            }
            else if (char.IsWhiteSpace(c) && !isQuoted)
            {
                End();
            }
            else
            {
                _ = word.Append(c);
                isWord = true;
            }
        }

        End();
        return words;

        void End()
        {
            if (isWord)
                words.Add(word.ToString());
            _ = word.Clear();
            isWord = false;
        }
    }
}
