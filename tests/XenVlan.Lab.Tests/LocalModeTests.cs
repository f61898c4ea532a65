using System.Diagnostics;
using System.Text.Json.Nodes;
using Shouldly;
using XenVlan.Discovery;
using XenVlan.Model.Json;
using Xunit;

namespace XenVlan.Lab.Tests;

/// <summary>The native xenvlan, run inside domain 0 itself, where there is no .NET.</summary>
[Trait(Lanes.Trait, Lanes.Third)]
public sealed class LocalModeTests(LabFixture fixture) : LabTest(fixture)
{
    private const string Document = """
        apiVersion: xenvlan/v1
        hosts:
          me:
            address: ADDRESS
            vlanInterfaces:
              xenbr0.10: { addresses: [10.10.0.1/24], mtu: 1400 }
        """;

    [Fact]
    public async Task Inside_domain_0_it_shows_and_changes_the_same_as_over_ssh()
    {
        var native = Environment.GetEnvironmentVariable("XENVLAN_NATIVE");
        Assert.SkipWhen(native is null, "XENVLAN_NATIVE does not name the native xenvlan; './build.sh native' makes it.");
        Changes("a", "b");

        // Both get the same address, which is refused where they hear each other.
        await Lab.Switch.SetVlansAsync("a1", "1,20", Stop);
        await SendAsync("a", native!, "/usr/bin/xenvlan");

        // Shows the same.
        var overSsh = await Fixture.ReadAsync("a");
        Same(
            await RunJsonAsync("a", "xenvlan show bridges --output json", "bridges"),
            XenVlanJson.Serialize(SnapshotViews.Bridges(overSsh))
        );
        Same(
            await RunJsonAsync("a", "xenvlan show nics --output json", "domainNics"),
            XenVlanJson.Serialize(SnapshotViews.DomainNics(overSsh))
        );

        // Plans and makes the same: host a by itself, host b from here.
        await Fixture.RunAsync("a", $"cat > /root/me.yaml <<'EOF'\n{Document.Replace("ADDRESS", "local")}\nEOF");
        var file = Path.Combine(Directory.CreateTempSubdirectory("xenvlan-local").FullName, "b.yaml");
        await File.WriteAllTextAsync(file, Document.Replace("ADDRESS", "b"), Stop);

        var planThere = await Fixture.RunAsync("a", "xenvlan apply /root/me.yaml --what-if --output json");
        var planHere = await RunHereAsync(native!, "apply", file, "--what-if", "--output", "json", "--ssh-config", Lab.SshConfigPath);
        Steps(planThere).ShouldBe(Steps(planHere));

        await Fixture.RunAsync("a", "xenvlan apply /root/me.yaml --confirm-timeout 120");
        _ = await RunHereAsync(native!, "apply", file, "--confirm-timeout", "120", "--ssh-config", Lab.SshConfigPath);
        var madeThere = SnapshotViews.VlanInterfaces(await Fixture.ReadAsync("a")).Single();
        var madeHere = SnapshotViews.VlanInterfaces(await Fixture.ReadAsync("b")).Single();
        (madeThere.Name, madeThere.Mtu, madeThere.IsUp).ShouldBe(("xenbr0.10", 1400, true));
        (madeHere.Name, madeHere.Mtu, madeHere.IsUp).ShouldBe((madeThere.Name, madeThere.Mtu, madeThere.IsUp));

        // And again: nothing to change.
        Steps(await Fixture.RunAsync("a", "xenvlan apply /root/me.yaml --what-if --output json")).ShouldBeEmpty();
    }

    private async Task<JsonNode> RunJsonAsync(string host, string command, string property)
    {
        var document = JsonNode.Parse(await Fixture.RunAsync(host, command))!;
        return document is JsonArray ? document : document[property].ShouldNotBeNull();
    }

    private static void Same(JsonNode actual, string expected) => actual.ToJsonString().ShouldBe(JsonNode.Parse(expected)!.ToJsonString());

    private static List<string> Steps(string plan)
    {
        var commands = new List<string>();
        Collect(JsonNode.Parse(plan));
        return commands;

        void Collect(JsonNode? node)
        {
            if (node is JsonObject item)
            {
                foreach (var (name, value) in item)
                {
                    if (name == "command")
                        commands.Add(value!.ToString());
                    else
                        Collect(value);
                }
            }
            else if (node is JsonArray items)
            {
                foreach (var element in items)
                    Collect(element);
            }
        }
    }

    private async Task SendAsync(string host, string file, string to)
    {
        var start = new ProcessStartInfo("ssh", ["-F", Lab.SshConfigPath, host, $"cat > {to} && chmod 755 {to}"])
        {
            RedirectStandardInput = true,
            UseShellExecute = false,
        };
        using var process = Process.Start(start)!;
        await using (var source = File.OpenRead(file))
            await source.CopyToAsync(process.StandardInput.BaseStream, Stop);
        process.StandardInput.Close();
        await process.WaitForExitAsync(Stop);
        process.ExitCode.ShouldBe(0);
    }

    private static async Task<string> RunHereAsync(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, UseShellExecute = false };
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync(Stop);
        await process.WaitForExitAsync(Stop);
        process.ExitCode.ShouldBe(0);
        return output;
    }
}
