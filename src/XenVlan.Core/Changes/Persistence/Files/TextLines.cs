namespace XenVlan.Changes.Persistence.Files;

/// <summary>A text as lines that keep their ends, so that the lines put together are the text.</summary>
internal static class TextLines
{
    /// <summary>Splits a text.</summary>
    /// <returns>Its lines, each with its line feed; the last may have none.</returns>
    public static IReadOnlyList<string> Split(string text)
    {
        var lines = new List<string>();
        for (var start = 0; start < text.Length; )
        {
            var end = text.IndexOf('\n', start);
            var next = end < 0 ? text.Length : end + 1;
            lines.Add(text[start..next]);
            start = next;
        }

        return lines;
    }

    /// <summary>Adds a block at the end, after an empty line. A text whose last line has no line feed stays one.</summary>
    /// <param name="text">The text.</param>
    /// <param name="block">The block, with a line feed at its end.</param>
    /// <returns>The text with the block; <see cref="RemoveLines"/> of the block leads back.</returns>
    public static string Append(string text, string block)
    {
        if (text.Length == 0)
            return block;
        return text.EndsWith('\n') ? $"{text}\n{block}" : $"{text}\n\n{block[..^1]}";
    }

    /// <summary>Removes lines, and the empty line before each run of them.</summary>
    /// <param name="lines">The lines, with their ends.</param>
    /// <param name="gone">Which ones go.</param>
    /// <returns>The text without them.</returns>
    public static string RemoveLines(IReadOnlyList<string> lines, IReadOnlyCollection<int> gone)
    {
        if (gone.Count == 0)
            return string.Concat(lines);

        var all = new HashSet<int>(gone);
        foreach (var index in gone)
        {
            if (index > 0 && !gone.Contains(index - 1) && string.IsNullOrWhiteSpace(lines[index - 1]))
                _ = all.Add(index - 1);
        }

        var kept = string.Concat(Enumerable.Range(0, lines.Count).Where(i => !all.Contains(i)).Select(i => lines[i]));
        var last = lines.Count - 1;
        return all.Contains(last) && !lines[last].EndsWith('\n') && kept.EndsWith('\n') ? kept[..^1] : kept;
    }
}
