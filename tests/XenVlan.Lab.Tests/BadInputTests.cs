using Shouldly;
using XenVlan.Changes;
using XenVlan.Changes.Desired;
using XenVlan.Discovery;
using XenVlan.Model;
using Xunit;

namespace XenVlan.Lab.Tests;

/// <summary>What cannot be done is refused with a place or a name, and the host and its files are as before.</summary>
public sealed class BadInputTests(LabFixture fixture) : LabTest(fixture)
{
    private const string Interfaces = "/etc/network/interfaces";
    private const string DomainFile = "/etc/xen/app-a.cfg";

    [Fact]
    public async Task Nothing_is_changed_by_what_is_refused()
    {
        Changes("a");
        await Fixture.RunAsync(
            "a",
            "ip link add link xenbr0 name xenbr0.10 type vlan id 10 && ip addr add 10.10.0.1/24 dev xenbr0.10 && ip link set xenbr0.10 up"
        );
        var state = await StateAsync();

        await RefusedAsync(ErrorIds.InterfaceNotFound, "nosuch", _ => [Vlan("nosuch", 10)]);
        await RefusedAsync(
            ErrorIds.Conflict,
            "\"xenbr0.10\" of host \"a\" has 10.10.0.1/24 already",
            _ => [Vlan("xenbr0", 20, "10.10.0.1/24")]
        );
        await RefusedAsync(
            ErrorIds.Conflict,
            "has VLAN 10 of \"xenbr0\" already, under the name \"xenbr0.10\"",
            _ => [Vlan("xenbr0", 10) with { Name = new InterfaceName("ten") }]
        );
        await RefusedAsync(ErrorIds.InvalidValue, "longer than the 15 bytes", _ => [Vlan("twelve-bytes", 1000)]);
        await RefusedAsync(
            ErrorIds.Conflict,
            "has VLAN 4094 of \"xenbr0\" already",
            _ =>
                [
                    .. Enumerable.Range(VlanId.Minimum, VlanId.Maximum).Select(v => Vlan("xenbr0", v)),
                    Vlan("xenbr0", VlanId.Maximum) with
                    {
                        Name = new InterfaceName("more"),
                    },
                ]
        );
        (await StateAsync()).ShouldBeState(state);

        foreach (
            var (interfaces, place, domain) in new[]
            {
                ("printf 'iface eth9 inet\\n' >>", $"{Interfaces}:", "memory = lots"),
                ("sed -i 's/$/\\r/'", $"{Interfaces}:1: The line ends in CR LF", "vif = ["),
            }
        )
        {
            await Fixture.RunAsync(
                "a",
                $"cp -p {Interfaces} {DomainFile} /root/; {interfaces} {Interfaces}; echo '{domain}' >> {DomainFile}"
            );
            var damaged = await StateAsync();
            await RefusedAsync(ErrorIds.ConfigurationInvalid, place, _ => [Vlan("xenbr0", 20, "10.20.0.1/24")]);
            await RefusedAsync(
                ErrorIds.ConfigurationInvalid,
                $"{DomainFile}:",
                host =>
                    new DomainNicRequest { Mtu = 1400 }.For(
                        SnapshotViews.DomainNics(host).Single(n => n.DomainName == "app-a" && n.Index == 0)
                    )
            );
            (await StateAsync()).ShouldBeState(damaged);
            await Fixture.RunAsync("a", $"cp -p /root/interfaces {Interfaces}; cp -p /root/app-a.cfg {DomainFile}");
        }
    }

    [Theory]
    [InlineData("10.10.0.2/24", "nobody else has 10.10.0.2. Output: Unicast reply from 10.10.0.2 [")]
    [InlineData("fd00:10::2/64", "nobody else has fd00:10::2. Output: fd000010000000000000000000000002 ")]
    public async Task An_address_that_another_machine_on_the_vlan_has_is_not_given(string address, string says)
    {
        Changes("a", "b");
        await Fixture.RunAsync(
            "b",
            $"ip link add link xenbr0 name xenbr0.10 type vlan id 10 && ip addr add {address} dev xenbr0.10 && ip link set xenbr0.10 up"
        );
        var state = await ConfigurationAsync();

        await RefusedAsync(ErrorIds.Conflict, says, _ => [Vlan("xenbr0", 10, address)]);

        (await ConfigurationAsync()).ShouldBeState(state);
    }

    private async Task RefusedAsync(string errorId, string says, Func<HostSnapshot, IReadOnlyList<HostChange>> changes)
    {
        var error = await Should.ThrowAsync<XenVlanException>(ApplyAsync("a", changes, ChangeScope.Both));
        error.ErrorId.ShouldBe(errorId, error.Message);
        error.Message.ShouldContain(says, Case.Sensitive);
    }

    private Task<string> StateAsync() => StateAsync("/etc/network /etc/xen /etc/xenvlan /var/lib/xenvlan");

    // What was begun and undone leaves a journal.
    private Task<string> ConfigurationAsync() => StateAsync("/etc/network /etc/xen /etc/xenvlan");

    private async Task<string> StateAsync(string directories) =>
        FaultFixture.StateOf(await Fixture.ReadAsync("a"))
        + await Fixture.RunAsync("a", $"find {directories} -type f 2>/dev/null | sort | xargs stat -c '%n %i %Y %Z %s'");

    private static VlanInterfacePresent Vlan(string parent, int vlan, params string[] addresses) =>
        new()
        {
            Parent = new InterfaceName(parent),
            VlanId = new VlanId(vlan),
            Addresses = [.. addresses.Select(InterfaceAddress.Parse)],
        };
}
