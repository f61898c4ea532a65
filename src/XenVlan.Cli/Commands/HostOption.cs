using System.CommandLine;
using XenVlan.Hosts;

namespace XenVlan.Cli.Commands;

/// <summary>The option that names hosts.</summary>
internal static class HostOption
{
    /// <summary>Makes the option.</summary>
    /// <returns>The option <c>--host</c>.</returns>
    public static Option<HostTarget[]> Build() =>
        new("--host", "-H")
        {
            Description =
                "The host: a name or alias that ssh knows, user@host or user@host:port. May be given several times, or with commas. "
                + "This machine when absent.",
            HelpName = "HOST",
            CustomParser = OptionParsers.Hosts,
            Arity = ArgumentArity.OneOrMore,
        };
}
