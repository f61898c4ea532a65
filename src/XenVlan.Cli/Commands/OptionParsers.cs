using System.CommandLine;
using System.CommandLine.Parsing;
using XenVlan.Hosts;
using XenVlan.Model;

namespace XenVlan.Cli.Commands;

/// <summary>Reads the values of options, and says what is wrong with them.</summary>
internal static class OptionParsers
{
    /// <summary>Makes an option accept numbers of a range only.</summary>
    /// <param name="option">The option.</param>
    /// <param name="smallest">The smallest number it accepts.</param>
    /// <param name="largest">The largest.</param>
    public static Option<int?> InRange(this Option<int?> option, int smallest, int largest)
    {
        option.CustomParser = result =>
        {
            if (int.TryParse(result.Tokens[0].Value, out var number) && number >= smallest && number <= largest)
                return number;
            result.AddError(
                $"{option.Name} {DisplayText.Quote(result.Tokens[0].Value)} is not valid: it must be a number from {smallest} to {largest}."
            );
            return null;
        };
        return option;
    }

    /// <summary>Makes an option accept some words only.</summary>
    /// <param name="option">The option.</param>
    /// <param name="words">The words; the first is taken where the option is absent.</param>
    public static Option<string> OneOf(this Option<string> option, params string[] words)
    {
        option.HelpName = string.Join('|', words);
        option.DefaultValueFactory = _ => words[0];
        option.CustomParser = result => Choose(result, option.Name, words);
        return option;
    }

    /// <summary>Makes an argument accept some words only.</summary>
    /// <param name="argument">The argument.</param>
    /// <param name="words">The words; the first is taken where the argument is absent.</param>
    public static Argument<string> OneOf(this Argument<string> argument, params string[] words)
    {
        argument.HelpName = string.Join('|', words);
        argument.DefaultValueFactory = _ => words[0];
        argument.CustomParser = result => Choose(result, argument.Name, words);
        return argument;
    }

    /// <summary>Makes an option's value be read by one of Core's own types.</summary>
    /// <param name="option">The option, of one word.</param>
    /// <param name="read">Reads the word.</param>
    public static Option<T?> ReadBy<T>(this Option<T?> option, Func<string, T> read)
        where T : class
    {
        option.CustomParser = result => Read(result, result.Tokens[0].Value, read);
        return option;
    }

    /// <summary>Reads hosts.</summary>
    /// <param name="result">The words: a host each, or several with commas between them.</param>
    /// <returns>The hosts, none twice.</returns>
    public static HostTarget[] Hosts(ArgumentResult result) =>
        [
            .. result
                .Tokens.SelectMany(t => t.Value.Split(','))
                .Select(word => Read(result, word, HostTarget.Parse))
                .OfType<HostTarget>()
                .DistinctBy(h => h.Name, StringComparer.Ordinal),
        ];

    /// <summary>Reads names with values.</summary>
    /// <param name="result">The words, such as <c>ProxyJump=gate</c>.</param>
    public static KeyValuePair<string, string>[] Pairs(ArgumentResult result)
    {
        var pairs = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var word in result.Tokens.Select(t => t.Value))
        {
            var equals = word.IndexOf('=', StringComparison.Ordinal);
            if (equals < 1)
                result.AddError($"--ssh-option {DisplayText.Quote(word)} is not valid: write KEY=VALUE.");
            else if (!pairs.TryAdd(word[..equals], word[(equals + 1)..]))
                result.AddError($"--ssh-option {DisplayText.Quote(word[..equals])} is given twice.");
        }

        return [.. pairs];
    }

    private static string Choose(ArgumentResult result, string name, string[] words)
    {
        var word = result.Tokens[0].Value;
        if (word.StartsWith('-'))
            result.AddError($"There is no option {DisplayText.Quote(word)}.");
        else if (!words.Contains(word, StringComparer.Ordinal))
            result.AddError(
                $"{name} {DisplayText.Quote(word)} is not valid: it must be {string.Join(", ", words.SkipLast(1))} or {words[^1]}."
            );
        return word;
    }

    private static T? Read<T>(ArgumentResult result, string word, Func<string, T> read)
        where T : class
    {
        try
        {
            return read(word);
        }
        catch (XenVlanException e)
        {
            result.AddError(e.Message);
            return null;
        }
    }
}
