using XenVlan.Changes;
using XenVlan.Changes.Desired;
using XenVlan.Model;

namespace XenVlan.Lab.Tests;

/// <summary>
/// What an administrator wrote by hand for the manager of a host with a disk, beside what the host begins with: what the host
/// makes of it, what XenVlan is to change of it, and what the host makes of that.
/// </summary>
internal sealed record HandWrittenNetwork
{
    /// <summary>A script that writes the files, and has the manager make what they say.</summary>
    public required string Write { get; init; }

    /// <summary>A script that tells what of it the host has.</summary>
    public required string Look { get; init; }

    /// <summary>What <see cref="Look"/> tells at first, and again when all is undone and read anew.</summary>
    public required string Before { get; init; }

    /// <summary>What XenVlan changes.</summary>
    public required IReadOnlyList<HostChange> Changes { get; init; }

    /// <summary>How far it changes that.</summary>
    public ChangeScope Scope { get; init; } = ChangeScope.Both;

    /// <summary>The beginnings of what it must say then.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>A script that has the manager read its files anew, and make what they say.</summary>
    public required string Reload { get; init; }

    /// <summary>What <see cref="Look"/> tells after <see cref="Reload"/>, and after a reboot.</summary>
    public required string After { get; init; }

    /// <summary>What is written for a manager.</summary>
    public static HandWrittenNetwork Of(DiskManager manager) =>
        manager switch
        {
            DiskManager.Ifupdown => Ifupdown,
            DiskManager.NetworkManager => Keyfiles,
            DiskManager.Networkd => Networkd,
            _ => Netplan,
        };

    // A bridge's port that bridge_ports makes, a VLAN interface that a command of another stanza makes, and an address with company.
    private static HandWrittenNetwork Ifupdown { get; } =
        new()
        {
            Write = """
                cat >/etc/network/interfaces.d/hand <<'END'
                # rack B - by hand, ask before editing
                mapping eth9
                	script /usr/local/sbin/which-site
                	map home eth9-home

                auto vlan20
                iface vlan20 inet static
                        vlan_raw_device eth2
                        address 192.0.2.5
                        netmask 255.255.255.0
                        # the backup net
                        up ip route add 198.51.100.0/24 via 192.0.2.1 || true
                iface vlan20 inet6 static
                        vlan_raw_device eth2
                        address 2001:db8::5/64
                        dad-attempts 0

                auto br30
                iface br30 inet manual
                    bridge_ports eth2.30
                    bridge_fd 0
                    bridge_maxwait 0

                auto eth2
                iface eth2 inet manual
                    up ip link add link eth2 name eth2.31 type vlan id 31 || true
                END
                ifup eth2 vlan20 br30
                """,
            Look = """
                ip -o addr show dev vlan20 scope global | awk '{ print "vlan20", $4 }' | sort
                ip route show dev vlan20 | grep via
                echo "br30: $(ls /sys/class/net/br30/brif)"
                ls /sys/class/net | grep '^eth2[.]'
                grep '#' /etc/network/interfaces.d/hand
                """,
            Before = """
                vlan20 192.0.2.5/24
                vlan20 2001:db8::5/64
                198.51.100.0/24 via 192.0.2.1 
                br30: eth2.30
                eth2.30
                eth2.31
                # rack B - by hand, ask before editing
                        # the backup net
                """,
            Changes =
            [
                Is("vlan20", null, "192.0.2.6/25", "2001:db8::6/64"),
                new VlanInterfaceAbsent(new InterfaceName("eth2.30")),
                new VlanInterfaceAbsent(new InterfaceName("eth2.31")),
            ],
            Notes =
            [
                "By the files of ifupdown, br30 has no way out any more: /etc/network/interfaces.d/hand:20 made eth2.30 its port",
                "eth2.31 comes back by /etc/network/interfaces.d/hand:26 with the next ifup of eth2",
            ],
            Reload = """
                ifdown br30 vlan20 eth2
                ifup eth2 vlan20 br30
                """,
            After = """
                vlan20 192.0.2.6/25
                vlan20 2001:db8::6/64
                198.51.100.0/24 via 192.0.2.1 
                br30: 
                eth2.31
                # rack B - by hand, ask before editing
                        # the backup net
                """,
        };

    // A parent by its profile's identifier, and a gateway beside an address.
    private static HandWrittenNetwork Keyfiles { get; } =
        new()
        {
            Write = """
                cd /etc/NetworkManager/system-connections
                cat >eth2.nmconnection <<END
                [connection]
                id=second
                uuid=0b7a1f7e-0000-4000-8000-000000000003
                type=ethernet

                [ethernet]
                mac-address=$(cat /sys/class/net/eth2/address)

                [ipv4]
                method=disabled

                [ipv6]
                method=disabled
                END
                chmod 600 eth2.nmconnection
                nmcli connection reload
                nmcli connection up second
                # Only now, or NetworkManager may make it at once, lose it as its parent comes up anew, and not make it again.
                cat >stor.nmconnection <<'END'
                [connection]
                id=storage vlan
                uuid=0b7a1f7e-0000-4000-8000-000000000004
                type=vlan
                interface-name=stor

                [vlan]
                flags=1
                id=77
                parent=0b7a1f7e-0000-4000-8000-000000000003
                egress-priority-map=0:3

                [ipv4]
                address1=192.0.2.5/24,192.0.2.1
                address2=192.0.2.6/24
                dns=192.0.2.1;
                method=manual
                route1=198.51.100.0/24,192.0.2.9
                route1_options=mtu=1400

                [ipv6]
                method=disabled
                END
                chmod 600 stor.nmconnection
                nmcli connection reload
                nmcli connection up 'storage vlan'
                """,
            Look = """
                echo "stor $(cat /sys/class/net/stor/mtu) $(cat /sys/class/net/stor/operstate)"
                ip -o -4 addr show dev stor | awk '{ print $4 }' | sort
                ip route show dev stor | grep via | sed 's/ metric [0-9]*//'
                nmcli -g vlan.parent,ipv4.gateway connection show 'storage vlan'
                """,
            Before = """
                stor 1500 up
                192.0.2.5/24
                192.0.2.6/24
                default via 192.0.2.1 proto static 
                198.51.100.0/24 via 192.0.2.9 proto static mtu 1400 
                0b7a1f7e-0000-4000-8000-000000000003
                192.0.2.1
                """,
            Changes = [Is("stor", 1400, "192.0.2.7/24", "192.0.2.6/24")],

            // An interface that runs is NetworkManager's, which undoes what others do to its MTU.
            Scope = ChangeScope.Persistent,
            Reload = """
                nmcli connection reload
                nmcli connection up 'storage vlan'
                """,
            After = """
                stor 1400 up
                192.0.2.6/24
                192.0.2.7/24
                default via 192.0.2.1 proto static 
                198.51.100.0/24 via 192.0.2.9 proto static mtu 1400 
                0b7a1f7e-0000-4000-8000-000000000003
                192.0.2.1
                """,
        };

    // VLANs of a bridge and of a port in the administrator's files, which drop-ins of his and of XenVlan's add to.
    private static HandWrittenNetwork Networkd { get; } =
        new()
        {
            Write = """
                cd /etc/systemd/network
                cat >20-br8.netdev <<'END'
                [NetDev]
                Name=br8
                Kind=bridge

                [Bridge]
                VLANFiltering=1
                DefaultPVID=none
                STP=no
                END
                cat >20-br8.network <<'END'
                [Match]
                Name=br8

                [Network]
                ; dom0 itself
                VLAN=br8.30
                LinkLocalAddressing=no

                [BridgeVLAN]
                VLAN=30-32
                END
                mkdir 20-br8.network.d
                cat >20-br8.network.d/10-more.conf <<'END'
                [Network]
                VLAN=br8.31
                END
                cat >10-eth2.network <<'END'
                # trunk; PVID for the installer
                [Match]
                Name=eth2 eno1

                [Network]
                Bridge=br8
                LLDP=yes

                [BridgeVLAN]
                VLAN=2-4094

                [BridgeVLAN]
                PVID=5
                EgressUntagged=5
                END
                for vlan in 30 31; do
                    printf '[NetDev]\nName=br8.%s\nKind=vlan\n\n[VLAN]\nId=%s\n' $vlan $vlan >30-v$vlan.netdev
                    cat >30-v$vlan.network <<END
                [Match]
                Name=br8.$vlan

                [Network]
                Address=192.0.$vlan.2/24 
                Gateway=192.0.$vlan.1

                [Route]
                Destination=198.51.$vlan.0/24
                Gateway=192.0.$vlan.9
                END
                done
                cat >40-vifs.network <<'END'
                [Match]
                Name=vif*

                [Network]
                Bridge=br8

                [BridgeVLAN]
                VLAN=10
                END
                networkctl reload
                """,
            Look = """
                for port in br8 eth2; do bridge -compressvlans vlan show dev $port | sed -e 1d -e "s/^ /$port /"; done | tr -s ' '
                ip -o -4 addr show | awk '$2 ~ /^br8/ { print $2, $4 }' | sort
                ip route show | grep via.*br8 | sort
                grep -h -e '[#;]' -e VLAN= /etc/systemd/network/20-br8.network /etc/systemd/network/10-eth2.network
                """,
            Before = """
                br8 30-32
                eth2 2-4
                eth2 5 PVID Egress Untagged
                eth2 6-4094
                br8.30 192.0.30.2/24
                br8.31 192.0.31.2/24
                198.51.30.0/24 via 192.0.30.9 dev br8.30 proto static 
                198.51.31.0/24 via 192.0.31.9 dev br8.31 proto static 
                default via 192.0.30.1 dev br8.30 proto static 
                default via 192.0.31.1 dev br8.31 proto static 
                ; dom0 itself
                VLAN=br8.30
                VLAN=30-32
                # trunk; PVID for the installer
                VLAN=2-4094
                """,
            Changes =
            [
                new VlanInterfacePresent
                {
                    Parent = new InterfaceName("br8"),
                    VlanId = new VlanId(40),
                    Addresses = [InterfaceAddress.Parse("192.0.40.2/24")],
                },
                Is("br8.30", null, "192.0.30.3/25"),
            ],
            Reload = """
                networkctl reload
                networkctl reconfigure br8 eth2 br8.30 br8.31
                """,
            After = """
                br8 30-32
                br8 40
                eth2 2-4
                eth2 5 PVID Egress Untagged
                eth2 6-4094
                br8.30 192.0.30.3/25
                br8.31 192.0.31.2/24
                br8.40 192.0.40.2/24
                198.51.30.0/24 via 192.0.30.9 dev br8.30 proto static 
                198.51.31.0/24 via 192.0.31.9 dev br8.31 proto static 
                default via 192.0.30.1 dev br8.30 proto static 
                default via 192.0.31.1 dev br8.31 proto static 
                ; dom0 itself
                VLAN=br8.30
                VLAN=30-32
                # trunk; PVID for the installer
                VLAN=2-4094
                """,
        };

    private const string StorageInOneLine =
        "{id: 77, link: eth2, link-local: [], addresses: [192.0.2.5/24], routes: [{to: 198.51.100.0/24, via: 192.0.2.9}]}";

    // A file of the administrator's, and one of XenVlan's in which he has written.
    private static HandWrittenNetwork Netplan { get; } =
        new()
        {
            Write = $$"""
                cd /etc/netplan
                umask 077
                cat >50-hand.yaml <<'END'
                network:
                  version: 2
                  ethernets:
                    eth2: {link-local: []}
                  vlans:
                    stor: {{StorageInOneLine}} # by hand
                END
                cat >90-xenvlan.yaml <<'END'
                # Written by XenVlan. netplan puts it together with the other files here.
                network:
                  version: 2
                  vlans:
                    # the backup net, rack B

                    backup:   # ask before editing
                      id: 78
                      link: eth2
                      link-local: []
                      addresses:
                        - "192.0.3.5/24" # was .4
                      routes:
                        - to: 198.51.101.0/24
                          via: 192.0.3.9
                END
                netplan apply
                """,
            Look = """
                ip -o -4 addr show | awk '$2 ~ /^(stor|backup)$/ { print $2, $4 }' | sort
                ip route show | grep -E 'via.*(stor|backup)' | sort
                grep -h '#' /etc/netplan/90-xenvlan.yaml
                """,
            Before = """
                backup 192.0.3.5/24
                stor 192.0.2.5/24
                198.51.100.0/24 via 192.0.2.9 dev stor proto static 
                198.51.101.0/24 via 192.0.3.9 dev backup proto static 
                # Written by XenVlan. netplan puts it together with the other files here.
                    # the backup net, rack B
                    backup:   # ask before editing
                        - "192.0.3.5/24" # was .4
                """,
            Changes =
            [
                Is("backup", null, "192.0.3.7/24"),
                new AddressPresent(new InterfaceName("stor"), InterfaceAddress.Parse("192.0.2.6/24")),
            ],
            Reload = "netplan apply",
            After = """
                backup 192.0.3.7/24
                stor 192.0.2.5/24
                stor 192.0.2.6/24
                198.51.100.0/24 via 192.0.2.9 dev stor proto static 
                198.51.101.0/24 via 192.0.3.9 dev backup proto static 
                # Written by XenVlan. netplan puts it together with the other files here.
                    # the backup net, rack B
                    backup:   # ask before editing
                        - 192.0.3.7/24 # was .4
                """,
        };

    private static VlanInterfaceSettings Is(string name, int? mtu, params string[] addresses) =>
        new(new InterfaceName(name)) { Mtu = mtu, Addresses = [.. addresses.Select(InterfaceAddress.Parse)] };
}
