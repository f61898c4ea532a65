using System.Globalization;
using System.Text;

namespace XenVlan.Fuzz;

/// <summary>Changes texts at random: characters, words, lines, pieces of other texts, the structure of JSON, sizes.</summary>
/// <param name="random">The dice.</param>
internal sealed class Mutator(Random random)
{
    private const int UsualWindow = 1500;
    private const int LongestWindow = 12_000;

    // What readers are likely to take for something else than they should.
    private static readonly string[] Words =
    [
        "0",
        "1",
        "-1",
        "4094",
        "4095",
        "4096",
        "65535",
        "65536",
        "2147483647",
        "2147483648",
        "-2147483648",
        "4294967296",
        "9223372036854775807",
        "9223372036854775808",
        "18446744073709551616",
        "99999999999999999999999",
        "0x",
        "0xffffffffffffffff",
        "1e400",
        "NaN",
        "١٢",
        "１",
        "²",
        "",
        " ",
        "  ",
        "\t",
        "\r",
        "\n",
        "\r\n",
        "\0",
        "\u0001",
        "\u001b[2J",
        "\u007f",
        "\u0085",
        "\u00a0",
        "\u00ad",
        "\u061c",
        "\u200b",
        "\u200f",
        "\u2028",
        "\u2029",
        "\u202e",
        "\u2066",
        "\ufeff",
        "\ufffd",
        "\U0001f600",
        "\U000e0041",
        "é",
        "e\u0301",
        "ß",
        "İ",
        "ǅ",
        "\\ud800",
        "\\udc00",
        "\\ud83d\\ude00",
        "\\u0000",
        "\\u2028",
        "\\",
        "\\n",
        "\\x",
        "\\x00",
        "\\xff",
        "\\x7",
        "\"",
        "'",
        "`",
        "$(x)",
        "${x}",
        "%",
        "%s",
        "%n",
        "#",
        ";",
        "&",
        "|",
        "<",
        ">",
        "{",
        "}",
        "[",
        "]",
        "(",
        ")",
        ",",
        ".",
        ":",
        "::",
        "/",
        "//",
        "../",
        "*",
        "?",
        "!",
        "=",
        "+=",
        "==",
        "-",
        "--",
        "~",
        "^",
        "@",
        "null",
        "true",
        "false",
        "yes",
        "no",
        "none",
        "all",
        "any",
        "[]",
        "{}",
        "[[]]",
        "{\"\":0}",
        "\"\"",
        "[\"set\",[]]",
        "[\"uuid\",\"x\"]",
        "[\"map\",[]]",
        "lo",
        "eth0",
        "xenbr0",
        "vif1.0",
        "vif1.0-emu",
        "bond0",
        "eth0.10",
        "xenbr0.10",
        "peth0",
        "802.1Q",
        "802.1ad",
        "802.1Q-QinQ",
        "10.0.0.1/24",
        "255.255.255.0",
        "fe80::1%eth0",
        "::ffff:10.0.0.1/128",
        "fd00::1/64",
        "00:16:3e:00:00:01",
        "ff:ff:ff:ff:ff:ff",
        "begin",
        "end",
        "iface",
        "auto",
        "source",
        "mapping",
        "inherits",
        "&a",
        "*a",
        "<<",
        "!!str",
        "---",
        "...",
        "|-",
        ">+",
        "? ",
        "- ",
        "%YAML 9.9",
    ];

    /// <summary>Makes a text of one or two others.</summary>
    /// <param name="seeds">The texts.</param>
    /// <param name="longest">How many characters it may have.</param>
    /// <returns>The text.</returns>
    public string Make(IReadOnlyList<string> seeds, int longest)
    {
        var text = new StringBuilder(Window(seeds[random.Next(seeds.Count)]));
        var times = 1 + (int)Math.Pow(random.NextDouble() * 2.3, 3);
        for (var i = 0; i < times; i++)
            Change(text, seeds);
        if (random.Next(4000) == 0)
            Swell(text, longest);
        if (text.Length > longest)
            text.Length = longest;
        return WholeCharacters(text);
    }

    private static string WholeCharacters(StringBuilder text)
    {
        // What comes from outside is decoded from UTF-8, which has no halves of pairs.
        var made = text.ToString();
        foreach (var c in made)
        {
            if (char.IsSurrogate(c))
                return Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(made));
        }

        return made;
    }

    // Whole lines, as few as are read fast, and now and then all.
    private string Window(string seed)
    {
        var size = random.Next(40) == 0 ? LongestWindow : UsualWindow;
        if (seed.Length <= size)
            return seed;
        var start = random.Next(4) == 0 ? 0 : random.Next(seed.Length - 1);
        if (start > 0)
            start = seed.IndexOf('\n', start) is >= 0 and var feed && feed + 1 < seed.Length ? feed + 1 : 0;
        return seed.Substring(start, Math.Min(size, seed.Length - start));
    }

    private void Change(StringBuilder text, IReadOnlyList<string> seeds)
    {
        var at = random.Next(text.Length + 1);
        switch (random.Next(16))
        {
            case 0 when at < text.Length:
                text[at] = (char)random.Next(1, 256);
                break;
            case 1:
                text.Remove(at, Math.Min(text.Length - at, 1 + random.Next(4)));
                break;
            case 2:
                text.Remove(at, Math.Min(text.Length - at, random.Next(200)));
                break;
            case 3 or 4:
                text.Insert(at, Words[random.Next(Words.Length)]);
                break;
            case 5 or 6:
                ReplaceWord(text, at);
                break;
            case 7:
                ReplaceNumber(text, at);
                break;
            case 8:
                RemoveLine(text, at);
                break;
            case 9:
                CopyLine(text, at);
                break;
            case 10:
                SwapLines(text, at);
                break;
            case 11:
                text.Insert(at, Piece(seeds[random.Next(seeds.Count)], 200));
                break;
            case 12:
                text.Length = at;
                break;
            case 13:
                ChangeStructure(text, at);
                break;
            case 14:
                text.Insert(at, Piece(text.ToString(), 60));
                break;
            default:
                text.Insert(at, new string((char)random.Next(32, 127), 1 + random.Next(40)));
                break;
        }
    }

    private string Piece(string text, int longest)
    {
        var start = random.Next(text.Length + 1);
        return text.Substring(start, Math.Min(text.Length - start, random.Next(longest)));
    }

    private void ReplaceWord(StringBuilder text, int at)
    {
        var end = at;
        while (at > 0 && char.IsLetterOrDigit(text[at - 1]))
            at--;
        while (end < text.Length && char.IsLetterOrDigit(text[end]))
            end++;
        text.Remove(at, end - at).Insert(at, Words[random.Next(Words.Length)]);
    }

    private void ReplaceNumber(StringBuilder text, int at)
    {
        while (at < text.Length && !char.IsAsciiDigit(text[at]))
            at++;
        var end = at;
        while (end < text.Length && char.IsAsciiDigit(text[end]))
            end++;
        text.Remove(at, end - at)
            .Insert(at, random.Next(3) == 0 ? random.NextInt64().ToString(CultureInfo.InvariantCulture) : Words[random.Next(21)]);
    }

    private static (int Start, int End) LineAt(StringBuilder text, int at)
    {
        var start = at;
        while (start > 0 && text[start - 1] != '\n')
            start--;
        while (at < text.Length && text[at] != '\n')
            at++;
        return (start, Math.Min(text.Length, at + 1));
    }

    private static void RemoveLine(StringBuilder text, int at)
    {
        var (start, end) = LineAt(text, at);
        text.Remove(start, end - start);
    }

    private void CopyLine(StringBuilder text, int at)
    {
        var (start, end) = LineAt(text, at);
        var line = text.ToString(start, end - start);
        text.Insert(LineAt(text, random.Next(text.Length + 1)).Start, line);
    }

    private void SwapLines(StringBuilder text, int at)
    {
        var (start, end) = LineAt(text, at);
        var line = text.ToString(start, end - start);
        text.Remove(start, end - start).Insert(LineAt(text, random.Next(text.Length + 1)).Start, line);
    }

    // Takes out, repeats, nests or replaces what is between brackets that belong together.
    private void ChangeStructure(StringBuilder text, int at)
    {
        while (at < text.Length && text[at] is not ('{' or '[' or '"'))
            at++;
        if (at == text.Length)
            return;
        var end = Closing(text, at);
        if (end < 0)
            return;
        var part = text.ToString(at, end - at);
        switch (random.Next(5))
        {
            case 0:
                text.Remove(at, end - at);
                break;
            case 1:
                text.Insert(at, part + ",");
                break;
            case 2:
                var depth = random.Next(8) == 0 ? random.Next(2000) : random.Next(4);
                text.Remove(at, end - at).Insert(at, new string('[', depth) + part + new string(']', depth));
                break;
            case 3:
                text.Remove(at, end - at).Insert(at, Words[random.Next(Words.Length)]);
                break;
            default:
                text.Remove(at, end - at)
                    .Insert(at, "\"" + Words[random.Next(Words.Length)].Replace("\"", "\\\"", StringComparison.Ordinal) + "\"");
                break;
        }
    }

    private static int Closing(StringBuilder text, int at)
    {
        var (open, close) = text[at] switch
        {
            '{' => ('{', '}'),
            '[' => ('[', ']'),
            _ => ('"', '"'),
        };
        var depth = 0;
        for (var i = at + 1; i < text.Length && i - at < 4000; i++)
        {
            if (text[i] == close && depth-- == 0)
                return i + 1;
            if (text[i] == open)
                depth++;
        }

        return -1;
    }

    // Much of the same: what a reader does with it more than once for each other it then does very often.
    private void Swell(StringBuilder text, int longest)
    {
        if (text.Length == 0)
            return;
        var at = random.Next(text.Length);
        var part =
            random.Next(2) == 0
                ? Piece(text.ToString(), 30)
                : text.ToString(LineAt(text, at).Start, LineAt(text, at).End - LineAt(text, at).Start);
        if (part.Length == 0)
            part = Words[random.Next(Words.Length)] + " ";
        var times = random.Next(1, Math.Max(2, Math.Min(20_000, (longest - text.Length) / part.Length)));
        var many = new StringBuilder();
        var isCounted = random.Next(2) == 0;
        for (var i = 0; i < times; i++)
            many.Append(isCounted ? part.Replace("1", i.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal) : part);
        text.Insert(at, many);
    }
}
