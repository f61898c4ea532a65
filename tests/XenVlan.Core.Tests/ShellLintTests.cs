using System.Diagnostics;
using Shouldly;
using XenVlan.Changes;
using XenVlan.Changes.Transactions;
using XenVlan.Discovery.Probe;
using XenVlan.Hosts;
using XenVlan.Model;
using XenVlan.Paths.Watching;
using Xunit;

namespace XenVlan.Tests;

/// <summary>
/// Every shell script of the repository, and those that are sent to hosts as they are put together, as shellcheck sees them.
/// </summary>
public sealed class ShellLintTests
{
    // Hooks have no first line that says what they are.
    private static readonly string[] Extensions = [".sh", ".hook"];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static TheoryData<string, string> Sent
    {
        get
        {
            var options = new TransactionOptions();
            return new()
            {
                { "begin", TransactionScripts.Begin(Plan(), "id", options, "mark").ToString() },
                { "revert", TransactionScripts.Revert("", "id", options, "mark").ToString() },
                { "decide", TransactionScripts.Decide("id", "confirm", "", 0, "mark").ToString() },
                { "follow", TransactionScripts.Follow("id", "over", 0, "mark").ToString() },
                { "list", TransactionScripts.List("mark").ToString() },
                { "snapshot", SnapshotScript.Build("mark").ToString() },
                { "counters", CounterScript.Make("mark", ["eth0"], null).ToString() },
                // Nobody follows it in its own process.
                { "transaction", TransactionScripts.TransactionText(null) + TransactionScripts.Steps(Plan(), options) + "xv_mark=\n" },
            };
        }
    }

    [Fact]
    [Trait(House.Trait, House.Figures)]
    public async Task No_script_of_the_repository_has_a_finding()
    {
        var all = Scripts(House.Root).Select(f => Path.GetRelativePath(House.Root, f)).Order(StringComparer.Ordinal).ToList();
        all.Count.ShouldBeGreaterThan(30);
        all.ShouldContain(Path.Combine(".ci", "run"));
        all.ShouldContain(Path.Combine("tests", "lab", "guest", "dom0", "etc", "lab", "boot"));

        var findings = await CheckAsync(["-x", .. all], null);
        House.Print($"findings of shellcheck: {findings.Count(c => c is '\n')} in {all.Count} scripts");
        findings.ShouldBe("");
    }

    [Theory]
    [MemberData(nameof(Sent), DisableDiscoveryEnumeration = true)]
    public async Task What_is_sent_to_a_host_uses_nothing_that_no_part_of_it_sets(string name, string script)
    {
        name.ShouldNotBeEmpty();

        // The rest is looked at in the files; of the files that this one writes, it sees the text only. SC2154: used and not set.
        (await CheckAsync(["-s", "sh", "-i", "SC2154", "-"], script)).ShouldBe("");
    }

    private static ChangePlan Plan()
    {
        var host = new HostSnapshot
        {
            HostName = "h",
            NodeName = "h",
            TakenAt = default,
            Kernel = KernelVersion.Parse("6.1.0"),
        };
        return new ChangePlan
        {
            HostName = "h",
            Changes = [],
            Steps =
            [
                new ChangeStep("step 1", ShellCommand.Of("ip", "link", "set", "eth0", "up"), ShellCommand.Nothing)
                {
                    Keeps = [new KeptState("eth0", KeptExtent.Link)],
                    MadeLink = "eth0.10",
                },
            ],
            Files = [new FileChange("/etc/x's", "old\n", "new\n", "0644", "writes")],
            Notes = [],
            Before = host,
            After = host,
        };
    }

    private static IEnumerable<string> Scripts(string directory) =>
        Directory
            .EnumerateFiles(directory)
            .Where(f => new FileInfo(f).LinkTarget is null && (Extensions.Contains(Path.GetExtension(f)) || IsScript(f)))
            .Concat(
                Directory
                    .EnumerateDirectories(directory)
                    .Where(d => new DirectoryInfo(d).LinkTarget is null && Path.GetFileName(d) != "artifacts")
                    .Where(d => Path.GetFileName(d) is [not '.', ..] or ".ci")
                    .SelectMany(Scripts)
            );

    private static bool IsScript(string file)
    {
        using var stream = File.OpenRead(file);
        var head = new byte[24];
        var line = System.Text.Encoding.ASCII.GetString(head, 0, stream.Read(head)).Split('\n')[0];
        return line.StartsWith("#!", StringComparison.Ordinal) && line.TrimEnd().Split('/', ' ')[^1] is "sh" or "bash" or "dash";
    }

    private static async Task<string> CheckAsync(IReadOnlyList<string> arguments, string? input)
    {
        Assert.SkipUnless(
            File.Exists("/usr/bin/shellcheck"),
            "shellcheck is not installed (apt-get install shellcheck), so what is wrong in a script shows on a host only."
        );
        using var process = Process.Start(
            new ProcessStartInfo("/usr/bin/shellcheck", ["-f", "gcc", .. arguments])
            {
                WorkingDirectory = House.Root,
                UseShellExecute = false,
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            }
        )!;
        var output = process.StandardOutput.ReadToEndAsync(Stop);
        var errors = process.StandardError.ReadToEndAsync(Stop);
        await process.StandardInput.WriteAsync((input ?? "").AsMemory(), Stop);
        process.StandardInput.Close();
        await process.WaitForExitAsync(Stop);
        return await output + await errors;
    }
}
