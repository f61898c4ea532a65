using System.Globalization;
using XenVlan.Model;

namespace XenVlan.Hosts;

/// <summary>A command for a POSIX shell: words, each of which reaches the program as it is.</summary>
public sealed record ShellCommand
{
    private ShellCommand(string text, IReadOnlyList<ShellCommand>? parts = null)
    {
        Text = text;
        Parts = parts ?? [this];
    }

    /// <summary>The command as the shell reads it, all words quoted where they need it.</summary>
    public string Text { get; }

    /// <summary>The commands it was combined of, in order; itself alone where it is one.</summary>
    public IReadOnlyList<ShellCommand> Parts { get; }

    /// <summary>A command that does nothing and succeeds.</summary>
    public static ShellCommand Nothing { get; } = new(":");

    /// <summary>Makes a command.</summary>
    /// <param name="words">The program and its arguments.</param>
    /// <returns>The command.</returns>
    public static ShellCommand Of(params IEnumerable<object> words) =>
        new(string.Join(' ', words.Select(w => Quote(Convert.ToString(w, CultureInfo.InvariantCulture) ?? ""))));

    /// <summary>Several commands in a row; those after a failing one are not run.</summary>
    /// <param name="commands">The commands.</param>
    /// <returns>The combined command.</returns>
    public static ShellCommand All(params IEnumerable<ShellCommand> commands)
    {
        var parts = commands.SelectMany(c => c.Parts).ToList();
        return new ShellCommand(string.Join(" && ", parts.Select(c => c.Text)), parts);
    }

    /// <summary>A command that writes text to a file, such as one under <c>/sys</c>.</summary>
    /// <param name="value">What to write; a line.</param>
    /// <param name="file">The file.</param>
    /// <returns>The command.</returns>
    public static ShellCommand Write(object value, string file) =>
        new($"printf '%s\\n' {Quote(Convert.ToString(value, CultureInfo.InvariantCulture) ?? "")} > {Quote(file)}");

    /// <summary>A command that is run unless a file's first line is so already.</summary>
    /// <param name="file">The file, such as one under <c>/sys</c>; one that cannot be read is not so.</param>
    /// <param name="value">What is in it when nothing needs to be done.</param>
    /// <param name="command">The command.</param>
    /// <returns>The combined command.</returns>
    public static ShellCommand Unless(string file, object value, ShellCommand command)
    {
        ArgumentNullException.ThrowIfNull(command);
        return new(
            $"{{ [ \"$(cat {Quote(file)})\" = {Quote(Convert.ToString(value, CultureInfo.InvariantCulture) ?? "")} ] || {command.Text}; }}"
        );
    }

    /// <summary>
    /// Quotes one word for a POSIX shell (IEEE 1003.1 Shell Command Language, 2.2.2): within single quotes every
    /// character stands for itself, but for the single quote, which cannot occur there.
    /// </summary>
    /// <param name="word">Any text.</param>
    /// <returns>Text the shell reads as exactly that word.</returns>
    /// <exception cref="XenVlanException"><see cref="ErrorIds.InvalidValue"/>: the word has a zero byte, which no argument can
    /// hold.</exception>
    public static string Quote(string word)
    {
        ArgumentNullException.ThrowIfNull(word);
        if (word.Contains('\0', StringComparison.Ordinal))
            throw Errors.Of(ErrorIds.InvalidValue, $"{word} is not valid: it has a zero byte.");

        return word.Length > 0 && word.All(IsSafe) ? word : "'" + word.Replace("'", "'\\''", StringComparison.Ordinal) + "'";
    }

    /// <summary>Whether another command is the same for the shell.</summary>
    /// <param name="other">The other.</param>
    /// <returns>Whether it is.</returns>
    public bool Equals(ShellCommand? other) => other is not null && Text == other.Text;

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(Text);

    /// <summary>The command as the shell reads it.</summary>
    /// <returns>Such as <c>ip link set dev eth0 up</c>.</returns>
    public override string ToString() => Text;

    private static bool IsSafe(char c) => char.IsAsciiLetterOrDigit(c) || c is '.' or '/' or '_' or '-' or ':' or ',' or '+' or '@' or '%';
}
