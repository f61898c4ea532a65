using FsCheck.Fluent;
using Shouldly;
using XenVlan.Hosts;
using XenVlan.Model;
using XenVlan.Tests.Model;
using Xunit;

namespace XenVlan.Tests.Hosts;

public sealed class HostTargetTests
{
    [Theory]
    [InlineData("xen1", "xen1", null, null)]
    [InlineData("root@xen1", "xen1", "root", null)]
    [InlineData("root@xen1:2222", "xen1", "root", 2222)]
    [InlineData("xen1:22", "xen1", null, 22)]
    [InlineData("10.0.0.1", "10.0.0.1", null, null)]
    [InlineData("fd00::1", "fd00::1", null, null)]
    [InlineData("[fd00::1]", "fd00::1", null, null)]
    [InlineData("root@[fd00::1]:2222", "fd00::1", "root", 2222)]
    [InlineData("fe80::1%eth0", "fe80::1%eth0", null, null)]
    [InlineData("DOMAIN\\user@xen1", "xen1", "DOMAIN\\user", null)]
    [InlineData("user@example.org@xen1", "xen1", "user@example.org", null)]
    public void A_host_is_read_as_ssh_reads_it(string text, string destination, string? user, int? port)
    {
        var target = HostTarget.Parse(text);
        target.Name.ShouldBe(text);
        target.Destination.ShouldBe(destination);
        target.UserName.ShouldBe(user);
        target.Port.ShouldBe(port);
        target.IsLocal.ShouldBeFalse();
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("@xen1")]
    [InlineData("root@")]
    [InlineData("-oProxyCommand=id")]
    [InlineData("-l@xen1")]
    [InlineData("root@-xen1")]
    [InlineData("xen1 id")]
    [InlineData("xen1;id")]
    [InlineData("$(id)@xen1")]
    [InlineData("xen1`id`")]
    [InlineData("xen1\n")]
    [InlineData("xen1:")]
    [InlineData("xen1:0")]
    [InlineData("xen1:65536")]
    [InlineData("xen1:ssh")]
    [InlineData("[fd00::1")]
    [InlineData("[fd00::1]22")]
    [InlineData("[fd00::1]:")]
    [InlineData("[]")]
    public void What_is_no_host_is_refused(string text) =>
        Should.Throw<XenVlanException>(() => HostTarget.Parse(text)).ErrorId.ShouldBe(ErrorIds.InvalidValue);

    [Fact]
    public void Nothing_a_shell_or_ssh_acts_on_gets_through() =>
        Prop.ForAll(
                Generators.Texts.ToArbitrary(),
                text =>
                {
                    HostTarget target;
                    try
                    {
                        target = HostTarget.Parse(text);
                    }
                    catch (XenVlanException e)
                    {
                        e.ErrorId.ShouldBe(ErrorIds.InvalidValue);
                        return;
                    }

                    if (target.IsLocal)
                    {
                        text.ShouldBe(Environment.MachineName);
                        return;
                    }

                    foreach (var part in new[] { target.Destination!, target.UserName ?? "user" })
                    {
                        part.ShouldNotStartWith("-");
                        part.ShouldNotBeEmpty();
                        part.ShouldAllBe(c => !"'\"`$;&|<>()[]{}*?!#~^= \t\r\n/".Contains(c) && !char.IsControl(c));
                    }
                }
            )
            .Holds(500);

    [Fact]
    public void This_machine_has_no_destination()
    {
        HostTarget.Local.IsLocal.ShouldBeTrue();
        HostTarget.Local.Destination.ShouldBeNull();
        HostTarget.Local.Name.ShouldBe(Environment.MachineName);
        HostTarget.Parse(Environment.MachineName).ShouldBe(HostTarget.Local);
    }
}
