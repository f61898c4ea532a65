using System.Text.Json;
using Shouldly;
using Xunit;

namespace XenVlan.Cli.Tests;

public sealed class UsageTests
{
    [Theory]
    [InlineData("shwo", "'shwo'")]
    [InlineData("show disks", "what \"disks\" is not valid: it must be all, hosts, bridges, nics, vlans or snapshot.")]
    [InlineData("show --colour", "There is no option \"--colour\".")]
    [InlineData("show --output yaml", "--output \"yaml\" is not valid: it must be text or json.")]
    [InlineData("show --host", "'--host'")]
    [InlineData("show --host a,,b", "Host \"\" is not valid")]
    [InlineData("show --host -oProxyCommand=x", "\"-oProxyCommand=x\"")]
    [InlineData("show --port 0", "--port \"0\" is not valid: it must be a number from 1 to 65535.")]
    [InlineData("show --port ssh", "--port \"ssh\"")]
    [InlineData("show --connect-timeout -1", "--connect-timeout \"-1\"")]
    [InlineData("show --ssh-option ProxyJump", "write KEY=VALUE")]
    [InlineData("show --ssh-option a=1 --ssh-option A=2", "is given twice")]
    [InlineData("show --ssh-config /nonexistent/config", "\"/nonexistent/config\" does not exist")]
    [InlineData("show --identity /nonexistent/key", "\"/nonexistent/key\" does not exist")]
    [InlineData("apply", "'apply'")]
    [InlineData("apply a.yaml b.yaml", "'b.yaml'")]
    [InlineData("check", "'check'")]
    [InlineData("check /nonexistent/site.yaml", "there is no such file")]
    [InlineData("draw a.yaml --host b", "either a document or --host")]
    [InlineData("test-path --from eth0", "'--to'")]
    [InlineData("test-path --to 10.0.0.1", "'--from'")]
    [InlineData("test-path --from a/b/ --to 10.0.0.1", "it has a '/'")]
    [InlineData("test-path --from a/ftp:x --to 10.0.0.1", "a domain's NIC is written as domain:index")]
    [InlineData("test-path --from a/ftp:0 --to 10.0.0.1 --vlan 4095", "--vlan \"4095\"")]
    [InlineData("test-path --mesh --from eth0", "--mesh has no --from")]
    [InlineData("test-path --mesh", "--mesh needs the hosts")]
    [InlineData("test-path --from eth0 --to 10.0.0.1 --snapshot x.json", "--snapshot needs --offline")]
    [InlineData("test-path --from eth0 --to 10.0.0.1 --offline --snapshot /nosuch.json", "/nosuch.json")]
    [InlineData("test-path --from averyveryverylongname --to 10.0.0.1", "\"averyveryverylongname\"")]
    [InlineData("test-path --from eth0 --to eth0/..", "\"..\"")]
    [InlineData("test-path --from eth0 --to 10.0.0.1 --mtu 67", "--mtu \"67\" is not valid: it must be a number from 68 to 65535.")]
    [InlineData("test-path --from eth0 --to 10.0.0.1 --tcp-port 65536", "--tcp-port \"65536\"")]
    [InlineData("test-path --from eth0 --to 10.0.0.1 --expect nothing", "it must be reachable or isolated")]
    [InlineData("test-path --from nosuchlink0 --to 10.0.0.1 --offline", "has no interface \"nosuchlink0\"")]
    public async Task What_cannot_be_meant_ends_with_2_and_says_why(string arguments, string message)
    {
        var result = await Cli.RunAsync(arguments.Split(' '));
        result.ExitStatus.ShouldBe(2);
        result.Output.ShouldBeEmpty();
        result.Error.ShouldStartWith("xenvlan: ");
        result.Error.ShouldContain(message);
        result.Error.ShouldContain(" [XenVlan.");
    }

    [Fact]
    public async Task Whoever_says_nothing_is_told_what_there_is_to_say()
    {
        var result = await Cli.RunAsync();
        result.ExitStatus.ShouldBe(2);
        result.Output.ShouldBeEmpty();
        result.Error.ShouldContain("Commands:");
    }

    [Fact]
    public async Task A_usage_error_names_the_help_of_its_command() =>
        (await Cli.RunAsync("show", "disks")).Error.ShouldContain("Try 'xenvlan show --help'.");

    [Fact]
    public async Task A_usage_error_is_one_JSON_object_where_JSON_is_asked_for()
    {
        var result = await Cli.RunAsync("show", "disks", "--output", "json");
        result.ExitStatus.ShouldBe(2);
        using var error = JsonDocument.Parse(result.Error);
        error.RootElement.GetProperty("error").GetProperty("id").GetString().ShouldBe("XenVlan.InvalidValue");
        error.RootElement.GetProperty("error").GetProperty("message").GetString()!.ShouldContain("\"disks\"");
    }

    [Fact]
    public async Task A_word_that_begins_with_an_at_sign_is_no_file_of_arguments()
    {
        using var file = new TextFile("--help");
        var result = await Cli.RunAsync("show", "@" + file.Path);
        result.ExitStatus.ShouldBe(2);
        result.Error.ShouldContain("\"@");
    }
}
