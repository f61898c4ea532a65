using Shouldly;
using XenVlan.Hosts;
using XenVlan.Model;
using Xunit;

namespace XenVlan.Tests.Hosts;

public sealed class ConnectionFailureTests
{
    [Theory]
    [InlineData("ssh: Could not resolve hostname xen1: Name or service not known", 255, ErrorIds.HostUnknown)]
    [InlineData("ssh: connect to host xen1 port 22: Connection refused", 255, ErrorIds.HostUnreachable)]
    [InlineData("ssh: connect to host xen1 port 22: No route to host", 255, ErrorIds.HostUnreachable)]
    [InlineData("ssh: connect to host xen1 port 22: Connection timed out", 255, ErrorIds.HostTimeout)]
    [InlineData("Connection timed out during banner exchange", 255, ErrorIds.HostTimeout)]
    [InlineData("root@xen1: Permission denied (publickey,password).", 255, ErrorIds.AuthenticationFailed)]
    [InlineData("Received disconnect from 10.0.0.1 port 22:2: Too many authentication failures", 255, ErrorIds.AuthenticationFailed)]
    [InlineData(
        "No ED25519 host key is known for xen1 and you have requested strict checking.\r\nHost key verification failed.",
        255,
        ErrorIds.HostKeyUnknown
    )]
    [InlineData(
        "@    WARNING: REMOTE HOST IDENTIFICATION HAS CHANGED!     @\r\nHost key verification failed.",
        255,
        ErrorIds.HostKeyChanged
    )]
    [InlineData("kex_exchange_identification: Connection closed by remote host", 255, ErrorIds.HostUnreachable)]
    [InlineData("", 255, ErrorIds.HostUnreachable)]
    [InlineData("This account is currently not available.", 1, ErrorIds.NotLinux)]
    [InlineData("sh: not found", 127, ErrorIds.NotLinux)]
    public void What_ssh_says_becomes_an_error_that_names_the_host(string said, int status, string id)
    {
        var error = ConnectionFailure.Explain(HostTarget.Parse("root@xen1"), said, status);
        error.ErrorId.ShouldBe(id);
        error.Target.ShouldBe("root@xen1");
        error.Message.ShouldContain("root@xen1");
    }

    [Fact]
    public void Control_sequences_that_a_host_says_do_not_reach_the_terminal() =>
        ConnectionFailure.Explain(HostTarget.Parse("xen1"), "\u001b[2Jgone", 255).Message.ShouldNotContain('\u001b');
}
