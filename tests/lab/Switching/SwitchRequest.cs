using System.Text.Json;

namespace XenVlan.Lab.Switching;

/// <summary>One line to the switch.</summary>
/// <param name="Do">What to do: one of the words below.</param>
/// <param name="Settings">For <see cref="Set"/>: the port and how it shall be.</param>
internal sealed record SwitchRequest(string Do, SwitchPortSettings? Settings = null)
{
    public const string Show = "show";
    public const string Set = "set";
    public const string ResetCounters = "reset-counters";

    public static JsonSerializerOptions Json { get; } = new(JsonSerializerDefaults.Web);
}
