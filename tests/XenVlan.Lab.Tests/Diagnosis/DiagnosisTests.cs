using System.Diagnostics;
using System.Globalization;
using System.Text;
using Shouldly;
using XenVlan.Hosts;
using XenVlan.Model;
using XenVlan.Paths;
using XenVlan.Paths.Ends;
using XenVlan.PowerShell.Running;
using Xunit;

namespace XenVlan.Lab.Tests.Diagnosis;

/// <summary>Every fault of the catalogue, made on real hosts, is found: the hop, the reason and what mends it.</summary>
[Collection(Lanes.OwnHosts)]
[Trait(Lanes.Trait, Lanes.Third)]
public sealed class DiagnosisTests(DiagnosisFixture fixture) : IClassFixture<DiagnosisFixture>
{
    /// <summary>
    /// Every case with <c>XENVLAN_DIAGNOSE=all</c>, with any other text those whose name holds it, or one of several parted by
    /// <c>|</c>, else a fixed few.
    /// </summary>
    public static TheoryData<string> Cases =>
        Environment.GetEnvironmentVariable("XENVLAN_DIAGNOSE") switch
        {
            null or "" => [.. Catalogue.All.Where(c => c.Always).Select(c => c.Fault)],
            "all" => [.. Catalogue.All.Select(c => c.Fault)],
            var text =>
            [
                .. Catalogue
                    .All.Select(c => c.Fault)
                    .Where(f => text.Split('|').Any(t => f.Contains(t, StringComparison.OrdinalIgnoreCase))),
            ],
        };

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task A_live_test_names_the_fault_its_place_and_its_fix(string fault)
    {
        var one = Catalogue.All.Single(c => c.Fault == fault);
        var lab = await fixture.LabAsync(Stop);
        var isRight = false;
        XenVlanPathResult? result = null;
        var watch = new Stopwatch();
        try
        {
            await BreakAsync(lab, one);
            watch.Start();
            result = (await DiagnoseAsync(lab, one)).Worded(PowerShellWording.Instance);
            watch.Stop();
            Show(result);

            (result.Reason, result.LostAt).ShouldBe((one.Reason, one.LostAt), result.Explanation);
            if (one.Fix is { } fix)
                result.Fix.ShouldNotBeNull().ShouldContain(fix);
            if (one.FixWorks)
                await FixAsync(lab, one, result.Fix!);
            isRight = true;
        }
        finally
        {
            fixture.Report(one, result, watch.Elapsed, isRight);
            await MendAsync(lab, one);
        }
    }

    private static void Show(XenVlanPathResult result)
    {
        var text = new StringBuilder()
            .AppendLine(CultureInfo.InvariantCulture, $"{result.Reason} at {result.LostAt}: {result.Explanation}")
            .AppendLine(result.Fix);
        foreach (var hop in result.Hops)
            text.AppendLine(CultureInfo.InvariantCulture, $"  {hop} {hop.Verdict} seen={hop.Seen}");
        foreach (var probe in result.Probes)
            text.AppendLine(CultureInfo.InvariantCulture, $"  {probe}");
        text.AppendLine(
            CultureInfo.InvariantCulture,
            $"  last seen {result.LastSeenAt}, first missed {result.FirstMissedAt}, prediction agrees {result.PredictionAgrees}"
        );
        TestContext.Current.TestOutputHelper?.WriteLine(text.ToString());
        if (Environment.GetEnvironmentVariable("XENVLAN_DIAGNOSE_LOG") is { Length: > 0 } log)
            File.AppendAllText(log, text.ToString());
    }

    private static async Task BreakAsync(HealthyLab lab, DiagnosisCase one)
    {
        if (one.Filters)
            await Task.WhenAll(
                HealthyLab.Hosts.Select(h => lab.RunAsync(h, "ip link set xenbr0 type bridge vlan_filtering 1", mustSucceed: true, Stop))
            );
        foreach (var (place, script) in one.Break)
            await lab.RunAsync(place, "set -e; " + script, mustSucceed: true, Stop);
        foreach (var (port, change) in one.Switch)
            await lab.Switch.SetAsync(port, change, Stop);
    }

    private static async Task MendAsync(HealthyLab lab, DiagnosisCase one)
    {
        if (one.Switch.Count > 0)
            await lab.Switch.ResetAsync(CancellationToken.None);
        foreach (var (place, script) in one.Mend)
            await lab.RunAsync(place, script, mustSucceed: false, CancellationToken.None);
        if (one.Filters)
            await Task.WhenAll(
                HealthyLab.Hosts.Select(h =>
                    lab.RunAsync(h, "ip link set xenbr0 type bridge vlan_filtering 0", mustSucceed: true, CancellationToken.None)
                )
            );
        await lab.CheckAsync(
            [.. one.Break.Concat(one.Mend).Select(s => s.Place).Distinct()],
            [.. one.Mend.Where(m => m.Script.Length == 0).Select(m => m.Place)],
            CancellationToken.None
        );
    }

    private static async Task<XenVlanPathResult> DiagnoseAsync(HealthyLab lab, DiagnosisCase one)
    {
        // Hosts are read as they are now; of domains that nothing was done to it is known how they are.
        var store = lab.NewStore();
        var changed = one.Break.Select(b => b.Place).Except(one.Silent).ToHashSet(StringComparer.Ordinal);
        foreach (var place in HealthyLab.Places.Where(p => p.Length > 1 && !changed.Contains(p)))
            store.Add(lab.Healthy(place));
        await Task.WhenAll(
            HealthyLab.Places.Where(p => p.Length == 1 || changed.Contains(p)).Select(p => store.GetAsync(HostTarget.Parse(p), Stop))
        );

        var from = one.From.Split('/');
        var request = one.Asks(
            new PathRequest
            {
                FromHost = HostTarget.Parse(from[0]),
                FromInterface = new InterfaceName(from[1]),
                To = PathTarget.Parse(one.To),
            }
        );
        var wire = new Wire([.. one.Wired.Select(w => new WireEnd(w.Split('/')[0], w.Split('/')[1]))], VlanSet.All, new VlanId(1), null);
        return await new PathTester(store, [wire]).TestAsync(request, Stop);
    }

    // "On a: bridge vlan add …"
    private static async Task FixAsync(HealthyLab lab, DiagnosisCase one, string fix)
    {
        var parts = fix.Split(": ", 2);
        await lab.RunAsync(parts[0]["On ".Length..], parts[1], mustSucceed: true, Stop);
        var after = await DiagnoseAsync(lab, one with { Silent = [], Break = [.. one.Break, .. one.Silent.Select(s => (s, ""))] });
        after.Reason.ShouldBe(PathReason.None, $"after \"{fix}\": {after.Explanation}");
        after.Reachable.ShouldBe(true);
    }
}
