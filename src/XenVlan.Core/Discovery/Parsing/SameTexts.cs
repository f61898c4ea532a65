namespace XenVlan.Discovery.Parsing;

/// <summary>
/// Gives one string for texts that are the same and come close together. Of very many interfaces, most have the same small
/// values of the same attributes.
/// </summary>
internal sealed class SameTexts
{
    private const int Places = 4096;

    private readonly string?[] _last = new string?[Places];

    /// <summary>A string.</summary>
    /// <returns>The string, perhaps one that was given before.</returns>
    public string Of(ReadOnlySpan<char> text)
    {
        ref var last = ref _last[string.GetHashCode(text, StringComparison.Ordinal) & (Places - 1)];
        return last is not null && text.SequenceEqual(last) ? last : last = text.ToString();
    }
}
