using Shouldly;
using XenVlan.Discovery;
using XenVlan.Discovery.Comparison;
using XenVlan.Model;
using Xunit;

namespace XenVlan.Tests.Discovery;

public sealed class SnapshotFileTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("xenvlan-tests-").FullName;

    private string File => Path.Combine(_directory, "a.json");

    [Fact]
    public void What_was_written_is_read_back()
    {
        HostSnapshot host = Network.Host().Bridge("xenbr0").Port("eth1").Vif(5);
        SnapshotFile.Write(host, File, overwrite: false);
        SnapshotComparison.Compare(host, SnapshotFile.Read(File)).ShouldBeEmpty();
        Directory.GetFiles(_directory).ShouldBe([File]);
    }

    [Fact]
    public void A_file_that_is_there_is_written_over_only_where_that_is_asked_for()
    {
        System.IO.File.WriteAllText(File, "mine");
        Should
            .Throw<XenVlanException>(() => SnapshotFile.Write(Network.Host(), File, overwrite: false))
            .ErrorId.ShouldBe(ErrorIds.Conflict);
        System.IO.File.ReadAllText(File).ShouldBe("mine");

        SnapshotFile.Write(Network.Host(), File, overwrite: true);
        SnapshotFile.Read(File).HostName.ShouldBe("a");
        Directory.GetFiles(_directory).ShouldBe([File]);
    }

    [Fact]
    public void What_cannot_be_written_leaves_nothing_behind()
    {
        var path = Path.Combine(_directory, "nosuch", "a.json");
        var error = Should.Throw<XenVlanException>(() => SnapshotFile.Write(Network.Host(), path, overwrite: true));
        (error.ErrorId, error.Target).ShouldBe((ErrorIds.DocumentUnwritable, path));

        Directory.CreateDirectory(File);
        Should
            .Throw<XenVlanException>(() => SnapshotFile.Write(Network.Host(), File, overwrite: true))
            .ErrorId.ShouldBe(ErrorIds.DocumentUnwritable);
        Directory.GetFileSystemEntries(_directory).ShouldBe([File]);
    }

    [Theory]
    [InlineData("xen1", "xen1.json")]
    [InlineData("root@xen1.example:22", "root@xen1.example_22.json")]
    [InlineData("../../etc/x", "_.._etc_x.json")]
    [InlineData("fe80::1%eth0", "fe80__1_eth0.json")]
    public void A_host_has_a_file_name(string host, string name) => SnapshotFile.NameFor(host).ShouldBe(name);

    public void Dispose() => Directory.Delete(_directory, recursive: true);
}
