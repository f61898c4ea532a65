namespace XenVlan.Lab.CommandLine;

/// <summary>The commands that look at the switch and change it.</summary>
internal static class SwitchCommands
{
    public static async Task<int> RunAsync(string[] args, CancellationToken cancellationToken)
    {
        var arguments = new Arguments(args, ["--name", "--vlans", "--native", "--mtu", "--link"], ["--counters"]);
        var lab = await XenLab.AttachAsync(arguments.Value("--name") ?? "main");
        switch (arguments.Word(0, "show, set or reset"))
        {
            case "show":
                Show(await lab.Switch.ShowAsync(cancellationToken));
                return 0;
            case "set":
                await lab.Switch.SetAsync(arguments.Word(1, "the port"), settings => Changed(settings, arguments), cancellationToken);
                return 0;
            case "reset" when arguments.Has("--counters"):
                await lab.Switch.ResetCountersAsync(cancellationToken);
                return 0;
            case "reset":
                await lab.Switch.ResetAsync(cancellationToken);
                return 0;
            case var unknown:
                throw new UsageException($"there is no command switch {unknown}");
        }
    }

    private static SwitchPortSettings Changed(SwitchPortSettings present, Arguments arguments) =>
        present with
        {
            Vlans = arguments.Value("--vlans") ?? present.Vlans,
            Native = Number(arguments, "--native", present.Native),
            Mtu = Number(arguments, "--mtu", present.Mtu),
            LinkUp = arguments.Value("--link") switch
            {
                null => present.LinkUp,
                "up" => true,
                "down" => false,
                var other => throw new UsageException($"a link is up or down, not {other}"),
            },
        };

    private static int? Number(Arguments arguments, string option, int? present) =>
        arguments.Value(option) switch
        {
            null => present,
            "none" => null,
            var text when int.TryParse(text, out var number) => number,
            var text => throw new UsageException($"{option} takes a number or none, not {text}"),
        };

    private static void Show(IReadOnlyList<SwitchPortState> ports)
    {
        foreach (var port in ports)
        {
            var (name, vlans, native, mtu, up) = port.Settings;
            Console.WriteLine(
                $"{name}: link {(up ? "up" : "down")}, VLANs {vlans}, native {native?.ToString() ?? "none"}, MTU "
                    + $"{mtu?.ToString() ?? "unlimited"}"
            );
            if (port.Learned.Count > 0)
            {
                Console.WriteLine($"    learned {string.Join(' ', port.Learned)}");
            }

            foreach (var count in port.Counts)
            {
                Console.WriteLine($"    {count.Direction, -3} VLAN {count.Vlan, -4} {count.Frames, 8} {count.Fate}");
            }
        }
    }
}
