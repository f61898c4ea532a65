using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace XenVlan.Hosts;

/// <summary>
/// Builds a script for a POSIX <c>sh</c>. Text that varies enters only as <see cref="ShellCommand"/>, which quotes it;
/// the rest is constant text of XenVlan's own.
/// </summary>
public sealed class ShellScript
{
    private readonly StringBuilder _text = new();

    /// <summary>Begins a script for programs of a host: they speak the language that is parsed, and are also looked for where root's
    /// are.</summary>
    /// <returns>The script.</returns>
    public static ShellScript ForHost() =>
        new ShellScript().Add("LC_ALL=C\nPATH=$PATH:/usr/local/sbin:/usr/sbin:/sbin\nexport LC_ALL PATH");

    /// <summary>Adds constant text: one or more whole lines of shell.</summary>
    /// <param name="constantText">Text that is part of XenVlan, never of a host or a user.</param>
    /// <returns>The same script.</returns>
    public ShellScript Add([ConstantExpected] string constantText)
    {
        ArgumentNullException.ThrowIfNull(constantText);
        return Line(constantText);
    }

    /// <summary>Adds a script of XenVlan's own, without its comments.</summary>
    internal ShellScript Add(EmbeddedScript script) => Line(script.Code);

    /// <summary>Adds all of another script.</summary>
    internal ShellScript Add(ShellScript other) => Line(other.ToString());

    /// <summary>Adds a function.</summary>
    /// <param name="name">Its name, a word of the shell.</param>
    /// <param name="body">What it does; it succeeds where that is nothing.</param>
    internal ShellScript Function(string name, ShellScript body) => Line($"{name}() {{\n:").Line(body.ToString()).Line("}");

    /// <summary>Adds a script that is run in a shell of its own, and whose status is the next command's <c>$?</c>.</summary>
    internal ShellScript Subshell(ShellScript inner) => Line("(").Line(inner.ToString()).Line(")");

    /// <summary>Adds a command that writes a file, for a function that returns 1 where it cannot be written.</summary>
    /// <param name="directory">The variable that has its directory.</param>
    /// <param name="name">Its path there.</param>
    /// <param name="content">All that is to be in it, a byte a character; what is no byte is written as a question mark.</param>
    internal ShellScript WriteFile([ConstantExpected] string directory, string name, string content) =>
        Line($"printf {Format(content)} > \"${directory}\"/{ShellCommand.Quote(name)} || return 1");

    /// <summary>Adds a command.</summary>
    /// <param name="command">The command, quoted already.</param>
    /// <returns>The same script.</returns>
    public ShellScript Add(ShellCommand command)
    {
        ArgumentNullException.ThrowIfNull(command);
        _text.Append(command.Text).Append('\n');
        return this;
    }

    /// <summary>Sets a shell variable.</summary>
    /// <param name="name">The variable's name, a constant.</param>
    /// <param name="value">Its value, any text.</param>
    /// <returns>The same script.</returns>
    public ShellScript Set(string name, string value)
    {
        _text.Append(name).Append('=').Append(ShellCommand.Quote(value)).Append('\n');
        return this;
    }

    private ShellScript Line(string text)
    {
        _text.Append(text);
        if (text.Length > 0 && !text.EndsWith('\n'))
            _text.Append('\n');
        return this;
    }

    // Only ASCII is sent; what is not is written in octal, which every printf reads (POSIX, printf).
    private static string Format(string content)
    {
        var format = new StringBuilder("'");
        foreach (var c in content)
        {
            _ = c switch
            {
                '-' when format.Length == 1 => format.Append(@"\055"),
                '\n' => format.Append(c),
                '%' => format.Append("%%"),
                '\\' => format.Append(@"\\"),
                '\'' => format.Append(@"'\''"),
                < ' ' or > '~' when c <= '\xff' => format.Append('\\').Append(Convert.ToString(c, 8).PadLeft(3, '0')),
                > '~' => format.Append('?'),
                _ => format.Append(c),
            };
        }

        return format.Append('\'').ToString();
    }

    /// <summary>The script's text.</summary>
    /// <returns>Lines of shell.</returns>
    public override string ToString() => _text.ToString();
}
