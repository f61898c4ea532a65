using System.Text.Json;
using Shouldly;
using Xunit;

namespace XenVlan.Cli.Tests;

/// <summary>Changes a network that was made for the test.</summary>
public sealed class ApplyTests
{
    private const string Possible =
        """
        apiVersion: xenvlan/v1
        hosts:
          here:
            address: local
            bridges:
              xenbr0:
                uplinks: [veth0]
                mtu: 1400
        """;

    // The kernel refuses a loopback interface as a bridge port.
    private const string Impossible =
        """
        apiVersion: xenvlan/v1
        hosts:
          here:
            address: local
            bridges:
              xenbr0:
                uplinks: [veth0, lo]
        """;

    [Fact]
    public async Task What_if_prints_the_plan_and_changes_nothing()
    {
        using var file = new TextFile(Possible);
        var result = await NetworkNamespace.RunAsync($"$xenvlan apply {file.Path} --what-if; echo status $?; ip -o link show type bridge");
        result.Error.ShouldBeEmpty();
        result.Output.ShouldContain("ip link add name xenbr0 type bridge");
        result.Output.ShouldContain("undo: ip link del dev xenbr0");
        result.Output.TrimEnd().ShouldEndWith("status 0");
    }

    [Fact]
    public async Task A_document_is_made_true_and_then_needs_nothing_more()
    {
        using var file = new TextFile(Possible);
        var result = await NetworkNamespace.RunAsync(
            $"$xenvlan apply {file.Path}; echo status $?; ip -o link show master xenbr0; $xenvlan apply {file.Path}; echo status $?; $xenvlan apply -o json {file.Path} > /dev/stderr");
        result.Output.ShouldContain($"Changed: {Environment.MachineName}.\nstatus 0\n");
        result.Output.ShouldContain("veth0");
        result.Output.ShouldContain("mtu 1400");
        result.Output.ShouldEndWith("There was nothing to change.\nstatus 0\n");
        using var json = JsonDocument.Parse(result.Error);
        json.RootElement[0].GetProperty("outcome").GetString().ShouldBe("Unchanged");
    }

    [Fact]
    public async Task A_failing_step_undoes_those_before_it()
    {
        using var file = new TextFile(Impossible);
        var result = await NetworkNamespace.RunAsync($"$xenvlan apply {file.Path}; echo status $?; ip -o link show type bridge");
        result.Output.ShouldContain("failed: put lo on bridge xenbr0: RTNETLINK answers:");
        result.Output.ShouldContain("undone: create bridge xenbr0");
        result.Output.ShouldContain("Not changed: ");
        result.Output.ShouldEndWith("status 3\n");
        result.Error.TrimEnd().ShouldEndWith("[XenVlan.ChangeFailed]");
    }

    [Fact]
    public async Task JSON_says_what_became_of_each_step()
    {
        using var file = new TextFile(Impossible);
        var result = await NetworkNamespace.RunAsync($"$xenvlan apply {file.Path} --output json");
        result.ExitStatus.ShouldBe(3);
        using var json = JsonDocument.Parse(result.Output);
        var plans = json.RootElement.EnumerateArray().ToList();
        plans.Select(p => p.GetProperty("outcome").GetString()).ShouldBe(["Failed"]);
        var steps = plans[0].GetProperty("steps").EnumerateArray().ToList();
        var failed = steps.FindIndex(s => s.GetProperty("outcome").GetString() == "Failed");
        failed.ShouldBeGreaterThan(0);
        steps[failed].GetProperty("said").GetString()!.ShouldContain("RTNETLINK");
        steps.Take(failed).ShouldAllBe(s => s.GetProperty("outcome").GetString() == "Undone");
        steps.Skip(failed + 1).ShouldAllBe(s => s.GetProperty("outcome").GetString() == "NotRun");
        using var error = JsonDocument.Parse(result.Error);
        error.RootElement.GetProperty("error").GetProperty("id").GetString().ShouldBe("XenVlan.ChangeFailed");
    }

    [Fact]
    public async Task An_interrupted_change_is_undone()
    {
        // Slow enough to be interrupted between two steps.
        using var file = new TextFile(Possible);
        var result = await NetworkNamespace.RunAsync(
            $$"""
            tools=$(mktemp -d)
            printf '#!/bin/sh\nsleep 0.5\nexec %s "$@"\n' "$(command -v ip)" > "$tools/ip"
            chmod +x "$tools/ip"
            PATH=$tools:$PATH "$xenvlan" apply {{file.Path}} > "$tools/said" &
            until grep -q 'step 2 of . done' "$tools/said"; do sleep 0.1; done
            kill -TERM $!
            wait $!
            echo status $?
            ip -o link show type bridge
            grep -c 'undoes the steps: it was stopped' "$tools/said"
            rm -r "$tools"
            """);
        result.Output.ShouldBe("status 130\n1\n");
    }
}
