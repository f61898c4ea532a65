using System.Net;
using Shouldly;
using XenVlan.Hosts;
using XenVlan.Model;
using XenVlan.Paths.Ends;
using Xunit;

namespace XenVlan.Tests.Paths;

public sealed class PathEndTests
{
    [Fact]
    public void An_end_is_an_address_a_host_an_interface_or_a_nic()
    {
        PathTarget.Parse("fd10::2").ShouldBe(new PathTarget { Address = IPAddress.Parse("fd10::2") });
        PathTarget.Parse("root@b:2222").ShouldBe(new PathTarget { Host = HostTarget.Parse("root@b:2222") });
        PathTarget.Parse("b/eth0.10").ShouldBe(new PathTarget { Host = HostTarget.Parse("b"), Interface = new InterfaceName("eth0.10") });
        PathTarget
            .Parse("root@b:2222/ftp:1")
            .ShouldBe(new PathTarget { Host = HostTarget.Parse("root@b:2222"), Nic = new DomainNicName("ftp", 1) });
        PathTarget.Parse("b/a name: with/odd:0").Nic.ShouldBe(new DomainNicName("a name: with/odd", 0));
        PathTarget.ParsePlace("ftp:0").ShouldBe(new PathTarget { Nic = new DomainNicName("ftp", 0) });
    }

    [Theory]
    [InlineData("b/ftp:")]
    [InlineData("b/ftp:-1")]
    [InlineData("b/:0")]
    [InlineData("b/ftp:99999999999")]
    [InlineData("b/")]
    [InlineData("b/$(reboot)")]
    [InlineData("")]
    public void Text_that_names_no_end_is_refused(string text) =>
        Should.Throw<XenVlanException>(() => PathTarget.Parse(text)).ErrorId.ShouldBe(ErrorIds.InvalidValue);
}
