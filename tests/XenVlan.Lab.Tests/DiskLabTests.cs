using System.Globalization;
using Xunit;

namespace XenVlan.Lab.Tests;

/// <summary>
/// The lab's host with a disk keeps what a real host would, and loses what a real host would, when its power goes. That it
/// keeps things over a reboot, the tests of persistence prove.
/// </summary>
[Collection(Lanes.OwnHosts)]
public sealed class DiskLabTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_on_the_disk_survives_and_what_is_only_in_the_kernel_does_not()
    {
        var options = new DiskLabOptions { Name = "disk-tests-" + Environment.ProcessId.ToString(CultureInfo.InvariantCulture) };
        await using var lab = await DiskLab.UpAsync(options, new Progress<string>(Console.Error.WriteLine), Stop);
        await BridgeIsThereAsync(lab);

        await RunAsync(
            lab,
            "echo synced > /var/lib/kept; sync /var/lib/kept; echo lost > /var/lib/unwritten; ip link add link xenbr0 name xenbr0.10 "
                + "type vlan id 10"
        );
        await lab.ResetAsync(Stop);
        Assert.Equal("synced\n", await RunAsync(lab, "cat /var/lib/kept"));
        Assert.NotEqual("lost\n", (await lab.RunAsync("cat /var/lib/unwritten", Stop)).StandardOutput);
        await BridgeIsThereAsync(lab);

        await lab.RestoreAsync(Stop);
        Assert.Equal("", await RunAsync(lab, "ls /var/lib | grep -x kept || true"));
        await BridgeIsThereAsync(lab);
    }

    [Fact]
    public async Task There_is_no_Xen_host_with_NetworkManager() =>
        await Assert.ThrowsAsync<LabException>(() =>
            DiskLab.UpAsync(
                new DiskLabOptions
                {
                    Name = "disk-never",
                    Manager = DiskManager.NetworkManager,
                    Xen = true,
                },
                cancellationToken: Stop
            )
        );

    private static async Task<string> RunAsync(DiskLab lab, string script) => (await lab.RunAsync(script, Stop)).EnsureSuccess();

    /// <summary>xenbr0 has its uplink and is up, and no VLAN interface is on it.</summary>
    private static async Task BridgeIsThereAsync(DiskLab lab) =>
        Assert.Equal(
            "eth1\nup\nxenbr0\n",
            await RunAsync(lab, "ls /sys/class/net/xenbr0/brif; cat /sys/class/net/xenbr0/operstate; ls /sys/class/net | grep '^xenbr'")
        );
}
