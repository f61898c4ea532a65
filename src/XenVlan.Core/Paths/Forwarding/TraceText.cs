using System.Runtime.CompilerServices;

namespace XenVlan.Paths.Forwarding;

/// <summary>A text that is put together only where somebody will read it.</summary>
[InterpolatedStringHandler]
internal ref struct TraceText
{
    private DefaultInterpolatedStringHandler _text;

    /// <summary>Begins a text.</summary>
    /// <param name="literalLength">How many characters of it are known.</param>
    /// <param name="formattedCount">How many values it holds.</param>
    /// <param name="rules">Whoever asks.</param>
    /// <param name="isWanted">Whether the values are to be worked out at all.</param>
    public TraceText(int literalLength, int formattedCount, ForwardingRules rules, out bool isWanted)
    {
        isWanted = rules.Explains;
        _text = isWanted ? new DefaultInterpolatedStringHandler(literalLength, formattedCount) : default;
    }

    /// <summary>Adds what is known.</summary>
    /// <param name="text">The characters.</param>
    public void AppendLiteral(string text) => _text.AppendLiteral(text);

    /// <summary>Adds a value.</summary>
    /// <param name="value">The value.</param>
    /// <typeparam name="T">Its type.</typeparam>
    public void AppendFormatted<T>(T value) => _text.AppendFormatted(value);

    /// <summary>Ends the text.</summary>
    /// <returns>The text.</returns>
    public string Finish() => _text.ToStringAndClear();
}
