using System.Globalization;
using System.Runtime.Versioning;
using System.Text;
using System.Text.RegularExpressions;
using Shouldly;
using XenVlan.Changes;
using XenVlan.Changes.Desired;
using XenVlan.Changes.Persistence;
using XenVlan.Changes.Persistence.Files;
using XenVlan.Changes.Transactions;
using XenVlan.Hosts;
using XenVlan.Model;
using XenVlan.Tests.Discovery;
using Xunit;

namespace XenVlan.Tests.Changes.Planner;

/// <summary>The planner, case by case: what <c>Golden/*.verified.txt</c> says is what it plans.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class PlannerTableTests
{
    private static readonly string[] Shell = ["sh"];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static TheoryData<string> Tables() => [.. PlanTable.All.Select(t => t.Name)];

    [Theory]
    [MemberData(nameof(Tables))]
    public void The_planner_plans_as_the_table_says(string table) =>
        Golden.Verify(PlanTable.All.Single(t => t.Name == table).Show(), $"Changes/Planner/Golden/{table}");

    [Theory]
    [MemberData(nameof(Tables))]
    public void A_host_that_was_changed_as_planned_lacks_nothing(string table)
    {
        foreach (var one in PlanTable.All.Single(t => t.Name == table).Cases)
        {
            if (one.Run().Plan is not { } plan || IsGoneAndMadeAgain(plan))
                continue;
            var again = ChangePlan.Make(plan.After, plan.Changes);
            again.Steps.Select(s => s.Description).ShouldBeEmpty(one.Title);
            if (one.IsLasting)
                PersistencePlanner.Plan(again, Written(one.Host.Configuration, plan)).Files.Select(f => f.Path).ShouldBeEmpty(one.Title);
        }
    }

    [Theory]
    [MemberData(nameof(Tables))]
    public void Every_step_that_changes_something_has_an_undo(string table)
    {
        foreach (var step in PlanTable.All.Single(t => t.Name == table).Cases.SelectMany(c => c.Run().Plan?.Steps ?? []))
            (step.Undo == ShellCommand.Nothing).ShouldBe(step.FailsAs is not null, step.Description);
    }

    [Fact]
    public void Every_kind_of_change_is_in_the_tables_and_in_those_of_every_manager()
    {
        var kinds = typeof(HostChange).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(HostChange))).ToList();
        kinds.Count.ShouldBeGreaterThan(10);

        foreach (var table in FileTables.All.Where(t => t.Name is not "files-any-manager"))
        {
            var there = Kinds(table).ToHashSet();
            kinds.Where(k => !there.Contains(k)).ShouldBeEmpty(table.Name);
        }

        var planned = PlanTable
            .All.Except(FileTables.All)
            .SelectMany(t => t.Cases)
            .Select(c => c.Run().Plan)
            .OfType<ChangePlan>()
            .Where(p => p.Steps.Count > 0 || p.Notes.Count > 0)
            .SelectMany(p => p.Changes)
            .Select(c => c.GetType())
            .ToHashSet();
        kinds.Where(k => !planned.Contains(k)).ShouldBeEmpty();
    }

    [Fact]
    [Trait(House.Trait, House.Figures)]
    public async Task Every_error_of_the_planner_has_a_case_here()
    {
        var sites = ThrowSites.All();
        sites.Count.ShouldBeGreaterThan(50);
        sites
            .GroupBy(s => s)
            .Where(g => g.Count() > 1)
            .Select(g => g.Key.ToString())
            .ShouldBeEmpty("Two errors of one statement cannot be told apart: make statements of them.");

        var others = await OtherErrorsAsync();
        var reached = PlanTable
            .All.SelectMany(t => t.Cases)
            .Select(c => c.Run().Refusal)
            .OfType<XenVlanException>()
            .Concat(others.Select(o => o.Error))
            .Select(ThrowSites.Of)
            .ToHashSet();
        var missing = sites.Where(s => !reached.Contains(s)).Select(s => s.ToString()).ToList();

        House.Print($"planner errors without a test that needs no lab: {missing.Count} of {sites.Count}");
        missing.ShouldBeEmpty("No case reaches these errors. Add one, or delete what nothing reaches.");
    }

    [Fact]
    public async Task Errors_that_no_plan_ends_in_read()
    {
        var text = new StringBuilder();
        foreach (var (title, error) in await OtherErrorsAsync())
            text.Append(CultureInfo.InvariantCulture, $"{title}\n\n  {error.ErrorId}\n  {Anywhere(error.Message)}\n\n");
        Golden.Verify(text.ToString(), "Changes/Planner/Golden/other-errors");
    }

    // Those of reading a host's files, from a shell that prints what it would print there.
    private static async Task<IReadOnlyList<(string Title, XenVlanException Error)>> OtherErrorsAsync()
    {
        var home = Directory.CreateTempSubdirectory("xenvlan-");
        try
        {
            var files = Path.Combine(home.FullName, "files");
            var tools = Path.Combine(home.FullName, "tools");
            Directory.CreateDirectory(files);
            Directory.CreateDirectory(tools);
            foreach (var name in "123456789")
                await File.WriteAllTextAsync(Path.Combine(files, name.ToString()), "text\n", Stop);
            return
            [
                (
                    "A transaction that would wait for nobody.",
                    await ErrorAsync(() => Task.FromResult(TransactionOptions.CheckConfirmTimeout(1)))
                ),
                ("Programs of the host that print what is not understood.", await ReadAsync("od", "echo nonsense")),
                ("Files that change all the time.", await ReadAsync("wc", "/usr/bin/wc \"$@\"; echo more >> \"$2\"")),
                (
                    "Files that are too much together.",
                    await ReadAsync("wc", "for f in \"$@\"; do [ \"$f\" = -c ] || echo \"1000000 $f\"; done; echo 9000000 total")
                ),
            ];

            async Task<XenVlanException> ReadAsync(string program, string body)
            {
                var path = Path.Combine(tools, program);
                await File.WriteAllTextAsync(path, $"#!/bin/sh\n{body}\n", Stop);
                File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserExecute);
                var error = await ErrorAsync(() =>
                    HostConfigurationReader.ReadAsync(new ShellConnection(Shell[0], tools), [files], [files + "/*"], Stop)
                );
                File.Delete(path);
                return error;
            }
        }
        finally
        {
            home.Delete(recursive: true);
        }
    }

    // Without what is this machine's.
    private static string Anywhere(string message) =>
        Regex
            .Replace(message, "/[^ ]*/xenvlan-[^/]*/", "/…/", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1))
            .Replace($"\"{Environment.MachineName}\"", "\"here\"", StringComparison.Ordinal);

    private static async Task<XenVlanException> ErrorAsync(Func<Task> act) => await Should.ThrowAsync<XenVlanException>(act);

    private static IEnumerable<Type> Kinds(PlanTable table) =>
        table.Cases.SelectMany(c => c.Wanted.SelectMany(w => w.Changes(c.Host))).Select(c => c.GetType());

    // A plan that removes what it makes anew does so again.
    private static bool IsGoneAndMadeAgain(ChangePlan plan) =>
        plan
            .Changes.OfType<VlanInterfaceAbsent>()
            .Any(gone => plan.Changes.OfType<VlanInterfacePresent>().Any(made => made.EffectiveName == gone.Name));

    private static HostConfiguration Written(HostConfiguration before, ChangePlan plan)
    {
        var files = before.Files.ToDictionary(f => f.Path, StringComparer.Ordinal);
        foreach (var change in plan.Files)
        {
            _ = files.Remove(change.Path);
            if (change.After is { } text)
                files[change.Path] = change.IsLink ? new HostFile(change.Path, "", text) : new HostFile(change.Path, text);
        }

        return before with
        {
            Files = [.. files.Values],
        };
    }
}
