namespace XenVlan.Lab.CommandLine;

/// <summary>The words of a command line: options with their values, and the rest.</summary>
internal sealed class Arguments
{
    private readonly Dictionary<string, string> _options = new(StringComparer.Ordinal);
    private readonly List<string> _words = [];

    /// <param name="arguments">The words after the command's name.</param>
    /// <param name="valued">The options that take a value.</param>
    /// <param name="flags">The options that take none.</param>
    /// <param name="wordsEndOptions">Whether everything after the first word that is no option belongs to the words.</param>
    public Arguments(IReadOnlyList<string> arguments, string[] valued, string[] flags, bool wordsEndOptions = false)
    {
        for (var index = 0; index < arguments.Count; index++)
        {
            var word = arguments[index];
            if (!word.StartsWith("--", StringComparison.Ordinal) || (wordsEndOptions && _words.Count > 0))
            {
                _words.Add(word);
            }
            else if (flags.Contains(word))
            {
                _options[word] = "";
            }
            else if (valued.Contains(word) && index + 1 < arguments.Count)
            {
                _options[word] = arguments[++index];
            }
            else
            {
                throw new UsageException(valued.Contains(word) ? $"{word} needs a value" : $"there is no option {word} here");
            }
        }
    }

    public IReadOnlyList<string> Words => _words;

    public bool Has(string option) => _options.ContainsKey(option);

    public string? Value(string option) => _options.GetValueOrDefault(option);

    public string Word(int index, string what) => index < _words.Count ? _words[index] : throw new UsageException($"{what} is missing");
}
