using Shouldly;
using XenVlan.Model;
using Xunit;

namespace XenVlan.Tests.Model;

public sealed class KernelVersionTests
{
    [Theory]
    [InlineData("6.1.0-56-amd64", 6, 1, 0)]
    [InlineData("2.6.18-419.el5xen", 2, 6, 18)]
    [InlineData("4.19.0+1", 4, 19, 0)]
    [InlineData("3.10-rc1", 3, 10, 0)]
    [InlineData("", 0, 0, 0)]
    [InlineData("vendor", 0, 0, 0)]
    [InlineData("99999999999.1", 0, 0, 0)]
    [InlineData("٦.١", 0, 0, 0)]
    public void The_leading_numbers_are_the_version(string release, int major, int minor, int patch)
    {
        var version = KernelVersion.Parse(release);
        version.Version.ShouldBe(new Version(major, minor, patch));
        version.ToString().ShouldBe(release);
    }

    [Fact]
    public void Versions_compare_by_number_and_not_by_text()
    {
        KernelVersion.Parse("3.10.0").IsAtLeast(3, 9).ShouldBeTrue();
        KernelVersion.Parse("3.9.0").IsAtLeast(3, 10).ShouldBeFalse();
        KernelVersion.Parse("2.6.37").IsAtLeast(2, 6, 37).ShouldBeTrue();
    }
}
