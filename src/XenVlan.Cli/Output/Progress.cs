using XenVlan.Model;

namespace XenVlan.Cli.Output;

/// <summary>Tells whoever waits at a terminal how far things are, in a line that is written over and wiped at the end.</summary>
/// <param name="terminal">The terminal; null where nobody waits.</param>
internal sealed class Progress(TextWriter? terminal)
{
    private const int MaximumLength = 70;

    private int _length;

    /// <summary>Tells how far things are.</summary>
    public void Tell(string text)
    {
        if (terminal is null)
            return;
        var line = DisplayText.Clean(text, MaximumLength);
        terminal.Write("\r" + line.PadRight(_length));
        _length = Math.Max(_length, line.Length);
    }

    /// <summary>Wipes the line.</summary>
    public void Wipe()
    {
        if (_length > 0)
            terminal?.Write("\r" + new string(' ', _length) + "\r");
        _length = 0;
    }
}
