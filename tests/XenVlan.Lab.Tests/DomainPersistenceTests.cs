using Shouldly;
using XenVlan.Changes;
using XenVlan.Changes.Desired;
using XenVlan.Changes.Persistence;
using XenVlan.Discovery;
using XenVlan.Model;
using Xunit;

namespace XenVlan.Lab.Tests;

/// <summary>What is written for a domain's NIC is true again when the domain is restored, and when it is created anew.</summary>
[Trait(Lanes.Trait, Lanes.Third)]
public sealed class DomainPersistenceTests(LabFixture fixture) : LabTest(fixture)
{
    private const string Table = "/etc/xenvlan/vifs";

    [Fact]
    public async Task A_trunk_on_a_filtering_bridge_comes_back_as_it_was()
    {
        Changes("a");
        await Fixture.RunAsync("a", "ip link set xenbr0 type bridge vlan_filtering 1");
        var config = await Fixture.RunAsync("a", "cat /etc/xen/ftp-a.cfg");
        var request = new DomainNicRequest
        {
            AllowedVlans = VlanSet.Parse("10,2000-2005"),
            NativeVlan = new VlanId(5),
            Mtu = 1400,
            TransmitChecksumOffload = false,
        };
        var wanted = await MakeAsync("ftp-a", request);

        await RestoreDomainAsync("ftp-a");
        (await SeenAsync("ftp-a")).ShouldBe(wanted);
        await CreateDomainAsync("ftp-a");
        (await SeenAsync("ftp-a")).ShouldBe(wanted);
        (await PlanAsync("ftp-a", request)).ShouldBeEmpty();
        (await Fixture.RunAsync("a", "cat /etc/xen/ftp-a.cfg")).ShouldBe(
            config.Replace("0a:01,bridge=xenbr0'", "0a:01,bridge=xenbr0,mtu=1400'", StringComparison.Ordinal)
        );

        _ = await MakeAsync("ftp-a", new DomainNicRequest { AccessVlan = new VlanId(1), TransmitChecksumOffload = true });
        (await Fixture.RunAsync("a", $"find {Table} /etc/xen/scripts/vif-post.d 2>/dev/null || :")).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_nic_on_a_bridge_of_its_own_vlan_comes_back_there()
    {
        Changes("a");
        var wanted = await MakeAsync("app-a", new DomainNicRequest { AccessVlan = new VlanId(10) });
        wanted.ShouldContain("xenbr10");

        await RestoreDomainAsync("app-a");
        (await SeenAsync("app-a")).ShouldBe(wanted);
        (await Fixture.RunAsync("a", "cat /etc/xen/app-a.cfg")).ShouldContain("'mac=00:16:3e:aa:0b:01,bridge=xenbr10',\n");
    }

    [Fact]
    public async Task A_syntax_error_in_the_domains_file_is_named_and_nothing_is_written()
    {
        Changes("a");
        await Fixture.RunAsync("a", "echo 'memory = lots' >> /etc/xen/ftp-a.cfg");

        var error = await Should.ThrowAsync<XenVlanException>(PlanAsync("ftp-a", new DomainNicRequest { Mtu = 1400 }));

        error.ErrorId.ShouldBe(ErrorIds.ConfigurationInvalid);
        error.Message.ShouldStartWith("/etc/xen/ftp-a.cfg:19: ");
    }

    // Makes a NIC so while the domain runs, and writes the files.
    private async Task<string> MakeAsync(string domain, DomainNicRequest request)
    {
        _ = await ApplyAsync("a", before => request.For(Nic(before, domain)), ChangeScope.Both);
        return await SeenAsync(domain);
    }

    private async Task<IReadOnlyList<FileChange>> PlanAsync(string domain, DomainNicRequest request)
    {
        var before = await Fixture.ReadAsync("a");
        await using var connection = Connect("a");
        var configuration = await HostConfigurationReader.ReadAsync(connection, Stop);
        return PersistencePlanner.Plan(ChangePlan.Make(before, request.For(Nic(before, domain))), configuration).Files;
    }

    // The frontend sets the vif's offloads anew when it connects, so the domain must be up.
    private Task<string> RestoreDomainAsync(string domain) =>
        Fixture.RunAsync("a", $"xl save {domain} /tmp/saved && xl restore /tmp/saved && rm /tmp/saved && {Connected(domain)}");

    private Task<string> CreateDomainAsync(string domain) =>
        Fixture.RunAsync("a", $"xl destroy {domain} && xl create /etc/xen/{domain}.cfg && {Connected(domain)}");

    private static string Connected(string domain) =>
        $"id=$(xl domid {domain}) && for i in $(seq 120); do [ \"$(xenstore-read /local/domain/0/backend/vif/$id/0/state)\" != 4 ] || "
        + $"exit 0; sleep 1; done; exit 1";

    private async Task<string> SeenAsync(string domain)
    {
        var nic = Nic(await Fixture.ReadAsync("a"), domain);
        return $"{nic.Bridge} {nic.Mode} {nic.AccessVlan} {nic.AllowedVlans} {nic.NativeVlan} {nic.Mtu} {nic.TransmitChecksumOffload} "
            + $"{nic.State}";
    }

    private static XenDomainNic Nic(HostSnapshot host, string domain) =>
        SnapshotViews.DomainNics(host).Single(n => n.DomainName == domain && n.Index == 0);
}
