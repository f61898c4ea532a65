namespace XenVlan.Fuzz;

/// <summary>Something that reads text from outside, and must give a value or say what was wrong with the text.</summary>
/// <param name="Name">Its name, which the file of a failure begins with.</param>
/// <param name="Seeds">Texts it understands, which are changed at random.</param>
/// <param name="Run">Reads a text, and throws where it did what it never may.</param>
internal sealed record FuzzTarget(string Name, IReadOnlyList<string> Seeds, Action<string> Run)
{
    /// <summary>How much time it gets, as against others.</summary>
    public int Weight { get; init; } = 1;

    /// <summary>How many bytes it may allocate for each character of its text, and for a text as such.</summary>
    public (int PerCharacter, int Fixed) Memory { get; init; } = (4000, 4_000_000);

    /// <summary>How long the longest text is that it is given, in characters.</summary>
    public int LongestInput { get; init; } = 200_000;
}
