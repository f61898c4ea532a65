using System.Text.Json;
using Shouldly;
using Xunit;

namespace XenVlan.Cli.Tests;

/// <summary>Changes a network that was made for the test.</summary>
public sealed class ApplyTests
{
    private const string Possible = """
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
    private const string Impossible = """
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
            $"$xenvlan apply {file.Path}; echo status $?; ip -o link show master xenbr0; $xenvlan apply {file.Path}; echo status $?; "
                + $"$xenvlan apply -o json {file.Path} > /dev/stderr"
        );
        result.Output.ShouldContain($"Changed: {Environment.MachineName}.\nstatus 0\n");
        result.Output.ShouldContain("veth0");
        result.Output.ShouldContain("mtu 1400");
        result.Output.ShouldEndWith("There was nothing to change.\nstatus 0\n");
        using var json = JsonDocument.Parse(result.Error);
        json.RootElement[0].GetProperty("outcome").GetString().ShouldBe("Unchanged");
    }

    [Fact]
    public async Task What_is_made_to_last_is_on_the_host_of_the_test_and_not_on_this_machine()
    {
        using var file = new TextFile(Possible);
        const string state = "ls /etc/init.d /etc/rc?.d /etc/network 2>/dev/null | cksum";
        var before = await Cli.RunProgramAsync("sh", "-c", state);
        var result = await NetworkNamespace.RunAsync($"{state}; $xenvlan apply {file.Path} > /dev/null; {state}");
        var there = result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        there[0].ShouldBe(before.Output.TrimEnd());
        there[1].ShouldNotBe(there[0]);
        (await Cli.RunProgramAsync("sh", "-c", state)).Output.ShouldBe(before.Output);
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
            """
        );
        result.Output.ShouldBe("status 130\n1\n");
    }

    [Fact]
    public async Task Whoever_interrupts_twice_leaves_at_once_and_is_told_what_is_not_known()
    {
        // A step that does not end by itself, and an undoing that does not before it may. A shell's background jobs ignore SIGINT.
        using var file = new TextFile(Possible);
        var result = await NetworkNamespace.RunAsync(
            $$"""
            tools=$(mktemp -d)
            cat > "$tools/ip" <<END
            #!/bin/sh
            case " \$* " in
                *' set '*' master '*) exec sleep 600 ;;
                *' del '*) until [ -e "$tools/go" ]; do sleep 0.1; done ;;
            esac
            exec $(command -v ip) "\$@"
            END
            chmod +x "$tools/ip"
            wait_for() { until grep -q "$1" "$2"; do kill -0 $client || return; sleep 0.1; done; }
            PATH=$tools:$PATH env --default-signal=INT "$xenvlan" apply {{file.Path}} > "$tools/said" 2> "$tools/errors" &
            client=$!
            wait_for 'still at step . of .' "$tools/said"
            kill -INT $client
            wait_for 'Waiting to hear' "$tools/errors"
            wait_for 'undoes the steps' "$tools/said"
            kill -0 $client && kill -INT $client
            wait $client
            echo status $?
            ip -o link show type bridge | wc -l
            touch "$tools/go"
            until [ -z "$(ip -o link show type bridge)" ]; do sleep 0.1; done
            grep -c 'The host is still at step . of .' "$tools/said"
            cat "$tools/errors"
            rm -r "$tools"
            """
        );
        var lines = result.Output.Split('\n');
        lines[..3].ShouldBe(["status 130", "1", "1"]);
        lines[3]
            .ShouldBe(
                $"xenvlan: Interrupted. Waiting to hear what becomes of the change on {Environment.MachineName}; interrupt once more "
                    + $"to leave without knowing."
            );
        lines[4].ShouldStartWith($"xenvlan: What becomes of the change on host \"{Environment.MachineName}\" is not known (transaction ");
        lines[5..].ShouldBe([""]);
    }
}
