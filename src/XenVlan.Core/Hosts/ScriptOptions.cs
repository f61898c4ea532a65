namespace XenVlan.Hosts;

/// <summary>How to run a script.</summary>
public sealed record ScriptOptions
{
    /// <summary>For scripts that read.</summary>
    public static ScriptOptions Reading { get; } = new() { OnlyReads = true };

    /// <summary>For scripts that change.</summary>
    public static ScriptOptions Changing { get; } = new();

    /// <summary>Whether the script changes nothing, so that it may be run again when a kept connection turns out to be dead.</summary>
    public bool OnlyReads { get; init; }

    /// <summary>How long the script may run.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(120);

    /// <summary>How long the script may print nothing; null for as long as it may run. The first line may take as long as it may run.</summary>
    public TimeSpan? Silence { get; init; }

    /// <summary>
    /// How many characters the script may print at most. What is kept of them takes several times as many bytes, until it is
    /// understood.
    /// </summary>
    public int MaximumOutput { get; init; } = 1024 * 1024;

    /// <summary>As <see cref="MaximumOutput"/> for scripts that print for as long as they run, and of which nothing is kept.</summary>
    internal const int MostPassing = 64 * 1024 * 1024;

    /// <summary>Whether what the script prints is kept, for <see cref="ScriptResult.Output"/>. Where not, <see cref="OnLine"/> takes all of it.</summary>
    public bool KeepsOutput { get; init; } = true;

    /// <summary>Called for each line the script prints, while it runs.</summary>
    public Action<string>? OnLine { get; init; }

    /// <summary>
    /// When the script is to end by itself: it is then sent a line with <see cref="StopWord"/> on its file descriptor 3,
    /// where it finds the end of the file when the connection is gone. Null for a script that is not told.
    /// </summary>
    public Task? Until { get; init; }

    /// <summary>The word a script is told to end with.</summary>
    public const string StopWord = "xenvlan-stop";
}
