using System.Diagnostics;
using System.Text.Json;
using Shouldly;
using Xunit;

namespace XenVlan.Lab.Tests;

/// <summary>The documents and the shell script of examples/, run as they say. TwoDomainsTests has the document for beginners, and
/// tests/Pester/Examples.Tests.ps1 the scripts for PowerShell.</summary>
[Trait(Lanes.Trait, Lanes.Third)]
public sealed class ExamplesTests(LabFixture fixture) : LabTest(fixture)
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("xenvlan-examples-");

    public static TheoryData<string> Documents =>
        [
            .. Directory
                .GetFiles(Repository.PathOf("examples"), "*.yaml")
                .Select(Path.GetFileName)
                .OfType<string>()
                .Where(name => name != "two-domains.yaml"),
        ];

    [Theory]
    [MemberData(nameof(Documents))]
    public async Task A_document_is_made_true_and_every_path_in_it_is_proved(string document)
    {
        Changes("a", "b");

        var plan = await RunAsync($"xenvlan apply examples/{document} --what-if --scope running");
        plan.Said.ShouldNotContain("nothing to change");
        (await RunAsync($"xenvlan apply examples/{document} --scope running --confirm-timeout 120")).Status.ShouldBe(0);
        var check = await RunAsync($"examples/check-sites.sh \"$XV_REPORTS\" examples/{document}");

        check.Said.ShouldBe($"ok      examples/{document}\n");
        check.Status.ShouldBe(0);
        using var report = JsonDocument.Parse(
            File.ReadAllText(Path.Combine(_directory.FullName, Path.ChangeExtension(document, "paths.json")))
        );
        report.RootElement.EnumerateArray().ShouldNotBeEmpty();
        report.RootElement.EnumerateArray().ShouldAllBe(path => path.GetProperty("asExpected").GetBoolean());
        var again = await RunAsync($"xenvlan apply examples/{document} --scope running");
        again.Said.ShouldNotContain("1. ");
        again.Said.ShouldContain("nothing to change");
    }

    [Fact]
    public async Task A_site_that_is_not_as_its_document_says_fails_with_what_was_found_and_what_differs()
    {
        Changes("a", "b");
        (await RunAsync("xenvlan apply examples/storage-jumbo.yaml --scope running --confirm-timeout 120")).Status.ShouldBe(0);
        _ = await Fixture.RunAsync("a", "ip link set dev eth2 mtu 1500");

        var check = await RunAsync("examples/check-sites.sh \"$XV_REPORTS\" examples/storage-jumbo.yaml");

        check.Status.ShouldBe(1);
        check.Said.ShouldStartWith("FAILED  examples/storage-jumbo.yaml (exit status 1)");
        File.ReadAllText(Path.Combine(_directory.FullName, "storage-jumbo.paths.json")).ShouldContain("MtuTooSmall");
        File.ReadAllText(Path.Combine(_directory.FullName, "storage-jumbo.plan.txt")).ShouldContain("ip link set dev eth2 mtu 9000");
    }

    [Fact]
    public async Task A_document_that_is_not_valid_is_told_from_a_site_that_is_not_as_expected()
    {
        var document = Path.Combine(_directory.FullName, "broken.yaml");
        await File.WriteAllTextAsync(document, "apiVersion: xenvlan/v1\nhosts: {a: {vlans: 10}}\n", Stop);

        (await RunAsync($"examples/check-sites.sh \"$XV_REPORTS\" {document}")).Status.ShouldBe(2);
    }

    // As in a shell that has xenvlan in its PATH, and whose ssh knows the lab's hosts.
    private async Task<(int Status, string Said)> RunAsync(string command)
    {
        var client = Repository.PathOf("artifacts/bin/XenVlan.Cli/debug/xenvlan.dll");
        var start = new ProcessStartInfo("sh", ["-c", command])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            WorkingDirectory = Repository.PathOf("."),
        };
        var program = Path.Combine(_directory.FullName, "xenvlan");
        await File.WriteAllTextAsync(program, $"#!/bin/sh\nexec dotnet '{client}' \"$@\" --ssh-config '{Lab.SshConfigPath}'\n", Stop);
        File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        start.Environment["PATH"] = $"{_directory.FullName}:{Environment.GetEnvironmentVariable("PATH")}";
        start.Environment["XV_REPORTS"] = _directory.FullName;
        using var process = Process.Start(start)!;
        var said = await process.StandardOutput.ReadToEndAsync(Stop);
        await process.WaitForExitAsync(Stop);
        return (process.ExitCode, said);
    }
}
