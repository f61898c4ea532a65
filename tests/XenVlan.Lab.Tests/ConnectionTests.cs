using Shouldly;
using XenVlan.Discovery;
using XenVlan.Hosts;
using XenVlan.Model;
using Xunit;

namespace XenVlan.Lab.Tests;

public sealed class ConnectionTests(LabFixture fixture) : LabTest(fixture)
{
    [Fact]
    public async Task A_refused_key_is_named()
    {
        var key = Path.Combine(Directory.CreateTempSubdirectory("xenvlan-key").FullName, "other");
        await RunHereAsync("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", key);

        var config = key + ".config";
        var known = await File.ReadAllTextAsync(Lab.SshConfigPath, Stop);
        await File.WriteAllTextAsync(config, known.Replace(Path.Combine(Lab.RunDirectory, "id_ed25519"), key), Stop);

        var error = await FailAsync("a", new SshSettings { ConfigFile = config });

        error.ErrorId.ShouldBe(ErrorIds.AuthenticationFailed);
        error.Target.ShouldBe("a");
    }

    [Fact]
    public async Task A_changed_host_key_sends_nothing_and_is_named()
    {
        var wrong = await KnownHostsAsync(text => text.Replace("\nb ", "\nc ").Replace("\na ", "\nb ").Insert(0, "\n"));

        var error = await FailAsync("b", Fixture.Ssh with { Options = Options("UserKnownHostsFile", wrong) });

        error.ErrorId.ShouldBe(ErrorIds.HostKeyChanged);
        error.Message.ShouldContain("ssh-keygen -R");
    }

    [Fact]
    public async Task An_unknown_host_key_sends_nothing_and_is_named()
    {
        var empty = await KnownHostsAsync(_ => "");

        var error = await FailAsync("a", Fixture.Ssh with { Options = Options("UserKnownHostsFile", empty) });

        error.ErrorId.ShouldBe(ErrorIds.HostKeyUnknown);
    }

    [Fact]
    public async Task A_host_that_does_not_answer_in_time_is_named()
    {
        // A listener that accepts and says nothing.
        using var silent = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        silent.Start();
        var port = ((System.Net.IPEndPoint)silent.LocalEndpoint).Port;

        var error = await FailAsync($"127.0.0.1:{port}", Fixture.Ssh with { ConnectTimeout = TimeSpan.FromSeconds(2) });

        error.ErrorId.ShouldBe(ErrorIds.HostTimeout);
    }

    [Fact]
    public async Task A_host_without_ssh_is_named()
    {
        var error = await FailAsync("127.0.0.1:1", Fixture.Ssh);

        error.ErrorId.ShouldBe(ErrorIds.HostUnreachable);
        error.Message.ShouldContain("refused");
    }

    [Fact]
    public async Task A_system_that_is_not_Linux_is_named()
    {
        await DoAsync(
            "a",
            "echo FreeBSD > /tmp/ostype && mount --bind /tmp/ostype /proc/sys/kernel/ostype",
            "umount /proc/sys/kernel/ostype; rm /tmp/ostype"
        );

        var error = await FailAsync("a", Fixture.Ssh);

        error.ErrorId.ShouldBe(ErrorIds.NotLinux);
        error.Message.ShouldContain("FreeBSD");
    }

    [Fact]
    public async Task A_login_that_gives_no_shell_is_named()
    {
        await DoAsync(
            "a",
            "cp -p /etc/passwd /etc/shells /root/; printf '#!/bin/sh\\necho This account is not for logins.; exit 1\\n' > /bin/nologin; "
                + "chmod 755 /bin/nologin; sed -i 's,^admin:.*:,&/bin/nologin #,; s, #.*,,' /etc/passwd; echo /bin/nologin >> /etc/shells",
            "cd /root; cp -p passwd shells /etc/; rm passwd shells /bin/nologin"
        );

        var error = await FailAsync("a-admin", Fixture.Ssh);

        error.ErrorId.ShouldBe(ErrorIds.NotLinux);
    }

    [Fact]
    public async Task What_a_login_prints_does_not_matter()
    {
        Changes("a");
        await Fixture.RunAsync(
            "a",
            "printf 'echo WELCOME TO THIS HOST\\necho xenvlan begin\\n' | tee /root/.profile /root/.bashrc /etc/profile >/dev/null; "
                + "echo HELLO > /etc/motd"
        );

        (await Fixture.ReadAsync("a")).FindInterface("xenbr0").ShouldNotBeNull();
    }

    [Fact]
    public async Task A_connection_that_breaks_while_a_script_runs_is_lost()
    {
        await using var connection = Connect("a");

        // The parent of the shell is the SSH server's process for this connection.
        var error = await Should.ThrowAsync<XenVlanException>(
            connection.RunAsync(new ShellScript().Add("kill -9 $PPID; sleep 20"), ScriptOptions.Changing, Stop)
        );

        error.ErrorId.ShouldBe(ErrorIds.ConnectionLost);
    }

    private async Task<XenVlanException> FailAsync(string host, SshSettings settings)
    {
        await using var connection = Connector.Connect(HostTarget.Parse(host), settings);
        return await Should.ThrowAsync<XenVlanException>(HostReader.ReadAsync(connection, Stop));
    }

    private async Task<string> KnownHostsAsync(Func<string, string> change)
    {
        var known = await File.ReadAllTextAsync(Path.Combine(Lab.RunDirectory, "known_hosts"), Stop);
        var file = Path.Combine(Directory.CreateTempSubdirectory("xenvlan-known").FullName, "known_hosts");
        await File.WriteAllTextAsync(file, change("\n" + known), Stop);
        return file;
    }

    private static Dictionary<string, string> Options(string name, string value) => new(StringComparer.Ordinal) { [name] = value };

    private static async Task RunHereAsync(string program, params string[] arguments)
    {
        using var process = System.Diagnostics.Process.Start(program, arguments);
        await process.WaitForExitAsync(Stop);
        process.ExitCode.ShouldBe(0);
    }
}
