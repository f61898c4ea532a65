using System.Diagnostics;
using System.Runtime.Versioning;
using Shouldly;
using XenVlan.Hosts;
using XenVlan.Model;
using Xunit;

namespace XenVlan.Tests.Hosts;

/// <summary>An <c>ssh</c> that is not heard any more, but stays.</summary>
[SupportedOSPlatform("linux")]
public sealed class ClosedOutputTests
{
    [Theory]
    [InlineData("exec >&- 2>&-; sleep 600")]
    [InlineData("exec >&-; sleep 600")]
    public async Task One_that_closes_its_output_and_stays_is_given_up(string commands)
    {
        var directory = Directory.CreateTempSubdirectory("xenvlan-ssh").FullName;
        var program = Path.Combine(directory, "ssh");
        await File.WriteAllTextAsync(program, $"#!/bin/sh\n{commands}\n", TestContext.Current.CancellationToken);
        File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var path = Environment.GetEnvironmentVariable("PATH");
        var watch = Stopwatch.StartNew();
        try
        {
            Environment.SetEnvironmentVariable("PATH", directory + ":" + path);
            await using var connector = new HostConnector();
            await using var connection = connector.Connect(HostTarget.Parse("nowhere.invalid"), SshSettings.Default);

            var error = await Should.ThrowAsync<XenVlanException>(
                connection.RunAsync(new ShellScript().Add("echo here"), ScriptOptions.Changing, TestContext.Current.CancellationToken)
            );

            error.ErrorId.ShouldBeOneOf(ErrorIds.HostUnreachable, ErrorIds.ConnectionLost);
            watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(60));
        }
        finally
        {
            Environment.SetEnvironmentVariable("PATH", path);
            Directory.Delete(directory, recursive: true);
        }
    }
}
