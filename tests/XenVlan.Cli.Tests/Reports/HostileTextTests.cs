using System.Text.RegularExpressions;
using Shouldly;
using XenVlan.Changes;
using XenVlan.Cli.Output;
using XenVlan.Cli.Reports;
using XenVlan.Hosts;
using XenVlan.Model;
using Xunit;

namespace XenVlan.Cli.Tests.Reports;

/// <summary>Text from a host is data, whatever it says.</summary>
public sealed partial class HostileTextTests
{
    // Clears the screen, sets the title, colours as markup, an emoji's name, text from right to left, a new line.
    private const string Hostile = "\u001b[2J\u001b]0;title\u0007[red]x[/]:skull:\u202e\u009b2J\nxenvlan: fine";

    private const int EndlessWidth = 10_000;

    private static HostSnapshot Host { get; } =
        Samples.Host with
        {
            HostName = Hostile,
            XenVersion = Hostile,
            Kernel = KernelVersion.Parse(Hostile),
            Domains = [new XenDomain(0, "Domain-0"), new XenDomain(3, Hostile)],
            NotSeen = [new Gap(Hostile, Hostile)],
            Interfaces = [.. Samples.Host.Interfaces.Select(i => i with { Name = i.Kind is InterfaceKind.Vlan ? Hostile : i.Name })],
        };

    private static ChangePlan Plan { get; } =
        Samples.Plan with
        {
            HostName = Hostile,
            Before = Host,
            Notes = [Hostile],
            Steps = [new ChangeStep(Hostile, ShellCommand.Of(Hostile), ShellCommand.Of(Hostile))],
        };

    private static XenVlanPathResult Path { get; } =
        Samples.Lost with
        {
            Title = Hostile,
            Source = Hostile,
            Target = Hostile,
            LostAt = Hostile,
            Explanation = Hostile,
            Fix = Hostile,
            Probes = [new PathProbe(PathProbeKind.Arp, ProbeOutcome.Answered, Hostile)],
            Hops =
            [
                new PathHop
                {
                    HostName = Hostile,
                    Interface = Hostile,
                    Event = new HandedOn(Hostile),
                },
            ],
        };

    public static TheoryData<string> Reports => [.. All.Keys];

    private static Dictionary<string, Action<Screen>> All { get; } =
        new(StringComparer.Ordinal)
        {
            ["show"] = s => SnapshotText.Write(s, "all", [Host]),
            ["plan"] = s => PlanText.WritePlans(s, [Plan], withUndo: true),
            ["step"] = s => PlanText.WriteStep(s, new StepReport(Hostile, 1, 1, Plan.Steps[0], StepState.Failed, Hostile)),
            ["check"] = s => CheckText.Write(s, [Path]),
            ["path"] = s => PathText.Write(s, Path, trace: true),
        };

    [Theory]
    [MemberData(nameof(Reports))]
    public void It_does_not_reach_a_file_or_pipe_as_it_is(string report)
    {
        var printed = Paper.Print(All[report]);
        printed.ShouldContain("[red]x[/]:skull:");
        printed.Where(c => char.IsControl(c) && c != '\n').ShouldBeEmpty();
        printed.ShouldNotContain('\u202e');
        printed.Split('\n').ShouldAllBe(l => !l.TrimStart().StartsWith("xenvlan: fine"));
    }

    [Theory]
    [MemberData(nameof(Reports))]
    public void It_does_not_reach_a_terminal_as_it_is(string report)
    {
        var printed = OwnColours().Replace(Paper.Print(All[report], EndlessWidth, colours: true), "");
        printed.ShouldContain("[red]x[/]:skull:");
        printed.Where(c => char.IsControl(c) && c != '\n').ShouldBeEmpty();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void It_does_not_reach_standard_error_as_it_is(bool isJson)
    {
        using var text = new StringWriter();
        var errors = new ErrorReporter(text, isJson);
        errors.Report(Errors.Of(ErrorIds.UnexpectedOutput, $"Said: {Hostile}", Hostile));
        errors.ReportUnforeseen(new InvalidOperationException(Hostile), Hostile);
        errors.Say(Hostile);
        var lines = text.ToString().TrimEnd('\n').Split('\n');
        lines.Length.ShouldBe(3);
        text.ToString().Where(c => char.IsControl(c) && c != '\n').ShouldBeEmpty();
        text.ToString().ShouldContain("[red]x[/]:skull:");
    }

    // Select Graphic Rendition, of which only numbers can be a part.
    [GeneratedRegex(@"\u001b\[[0-9;]*m", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex OwnColours();
}
