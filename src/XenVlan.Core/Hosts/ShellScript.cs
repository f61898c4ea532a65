using System.Text;

namespace XenVlan.Hosts;

/// <summary>
/// Builds a script for a POSIX <c>sh</c>. Text that varies enters only as <see cref="ShellCommand"/>, which quotes it;
/// the rest is constant text of XenVlan's own.
/// </summary>
public sealed class ShellScript
{
    private readonly StringBuilder _text = new();

    /// <summary>Adds constant text: one or more whole lines of shell.</summary>
    /// <param name="constantText">Text that is part of XenVlan, never of a host or a user.</param>
    /// <returns>The same script.</returns>
    public ShellScript Add(string constantText)
    {
        ArgumentNullException.ThrowIfNull(constantText);
        _text.Append(constantText);
        if (!constantText.EndsWith('\n'))
            _text.Append('\n');
        return this;
    }

    /// <summary>Adds a command.</summary>
    /// <param name="command">The command, quoted already.</param>
    /// <returns>The same script.</returns>
    public ShellScript Add(ShellCommand command)
    {
        ArgumentNullException.ThrowIfNull(command);
        _text.Append(command.Text).Append('\n');
        return this;
    }

    /// <summary>Adds a command that runs in the background.</summary>
    /// <param name="command">The command, quoted already.</param>
    /// <returns>The same script.</returns>
    public ShellScript AddInBackground(ShellCommand command)
    {
        ArgumentNullException.ThrowIfNull(command);
        _text.Append(command.Text).Append(" &\n");
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

    /// <summary>The script's text.</summary>
    /// <returns>Lines of shell.</returns>
    public override string ToString() => _text.ToString();
}
