using XenVlan.Hosts;
using XenVlan.Model;

namespace XenVlan.Paths.Watching;

/// <summary>The script that reads counters and the forwarding table, where no capture can be made. It needs no root.</summary>
internal static class CounterScript
{
    private static readonly EmbeddedScript Read = EmbeddedScript.Load("counters.sh");

    /// <summary>Makes the script.</summary>
    /// <param name="mark">A word that begins each of its lines.</param>
    /// <param name="interfaces">The interfaces.</param>
    /// <param name="source">The Ethernet address to look for in the forwarding table; null for none.</param>
    public static ShellScript Make(string mark, IEnumerable<string> interfaces, MacAddress? source) =>
        ShellScript
            .ForHost()
            .Set("xv_mark", mark)
            .Set("xv_mac", source?.ToString() ?? "")
            .Add(Read)
            .Add(ShellCommand.Of(["xv_twice", .. interfaces]));
}
