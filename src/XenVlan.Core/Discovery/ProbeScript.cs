using XenVlan.Hosts;

namespace XenVlan.Discovery;

/// <summary>The one script that reads all of a host.</summary>
internal static class ProbeScript
{
    /// <summary>
    /// The programs XenVlan looks for on a host, in its search path and in the places where Xen and administration tools
    /// are kept.
    /// </summary>
    public static IReadOnlyList<string> Programs { get; } =
    [
        "ip", "bridge", "brctl", "vconfig", "ifconfig", "ethtool", "tcpdump", "arping", "ping", "nc", "busybox", "bash",
        "ovs-vsctl", "xl", "xm", "xe", "xenstore-ls", "xenstore-list", "lldpctl", "timeout",
    ];

    /// <summary>Builds the script.</summary>
    /// <param name="mark">A word nobody can guess, which begins the lines that part the sections.</param>
    /// <returns>The script. It changes nothing, leaves nothing behind, and needs no root.</returns>
    public static ShellScript Build(string mark) =>
        new ShellScript().Set("xv_mark", mark).Set("xv_programs", string.Join(' ', Programs)).Add(Text);

    // Marks go to both streams, so that each section's errors are known without a temporary file.
    // Interface names have neither '/' nor ':' (dev_valid_name in the kernel's net/core/dev.c), so "name/attribute:value"
    // can be taken apart again. printf is built into every sh, so the number of interfaces is not bounded by the size of
    // an argument list; xargs sees to that for grep. /dev/null makes grep name the file where there is only one.
    private const string Text =
        """
        PATH=$PATH:/usr/local/sbin:/usr/sbin:/sbin:/usr/local/bin:/usr/bin:/bin
        for xv_i in /usr/lib/xen*/bin /usr/lib64/xen*/bin /opt/xensource/bin; do
          if [ -d "$xv_i" ]; then PATH=$PATH:$xv_i; fi
        done
        LC_ALL=C
        export PATH LC_ALL
        unset GREP_OPTIONS

        begin() {
          printf '\n%s begin %s\n' "$xv_mark" "$1"
          printf '\n%s begin %s\n' "$xv_mark" "$1" >&2
        }
        end() { printf '\n%s end %s\n' "$xv_mark" "$1"; }
        has() { command -v "$1" >/dev/null 2>&1; }
        files() { printf '%s\0' "$@" | xargs -0 grep -s '' /dev/null 2>/dev/null; }
        patiently() { "$@"; }
        if timeout 1 true >/dev/null 2>&1; then patiently() { timeout 10 "$@"; }; fi

        begin host
        uname -s; uname -r; uname -n; id -u
        end $?
        if [ "$(uname -s)" != Linux ]; then exit 0; fi

        begin programs
        for xv_i in $xv_programs; do
          if has "$xv_i"; then printf '%s\n' "$xv_i"; fi
        done
        end 0

        begin files
        files /sys/hypervisor/type /sys/hypervisor/uuid /sys/hypervisor/version/major /sys/hypervisor/version/minor \
          /sys/hypervisor/version/extra /sys/hypervisor/start_flags/initdomain /proc/xen/capabilities \
          /proc/sys/net/bridge/bridge-nf-call-iptables
        end 0

        begin configuration
        for xv_i in /proc/xen /proc/xen/capabilities /sys/hypervisor/type /etc/xensource-inventory /run/NetworkManager \
          /var/run/NetworkManager /run/systemd/netif/state /etc/netplan/*.yaml /etc/sysconfig/network-scripts/ifcfg-* \
          /etc/network/interfaces /var/lock/subsys/xend; do
          if [ -e "$xv_i" ]; then printf '%s\n' "$xv_i"; fi
        done
        if [ -r /var/run/xend.pid ]; then
          read -r xv_i </var/run/xend.pid
          if [ -n "$xv_i" ] && [ -d "/proc/$xv_i" ]; then echo 'xend runs'; fi
        fi
        grep -hs '^[[:space:]]*iface[[:space:]]' /dev/null /etc/network/interfaces /etc/network/interfaces.d/*
        end 0

        begin interfaces
        cd /sys/class/net && {
          files ./*/ifindex ./*/iflink ./*/address ./*/mtu ./*/flags ./*/carrier ./*/type ./*/tun_flags ./*/uevent
          files ./*/statistics/rx_packets ./*/statistics/tx_packets ./*/statistics/rx_dropped ./*/statistics/tx_dropped
          files ./*/master/ifindex ./*/brport/bridge/ifindex ./*/brport/port_no ./*/brport/state ./*/brport/hairpin_mode \
            ./*/brport/isolated ./*/brport/learning ./*/brport/unicast_flood ./*/brport/broadcast_flood
          files ./*/bridge/vlan_filtering ./*/bridge/default_pvid ./*/bridge/vlan_protocol ./*/bridge/stp_state \
            ./*/bridge/forward_delay ./*/bridge/nf_call_iptables
          files ./*/bonding/mode ./*/bonding/active_slave ./*/bonding/slaves
          files ./*/device/nodename
          printf '%s:\n' ./*/device
        }
        end $?

        begin vlan-names
        printf '%s\n' /proc/net/vlan/*
        end 0

        begin vlan-config
        if [ -e /proc/net/vlan/config ]; then cat /proc/net/vlan/config; fi
        end $?

        begin vlan-links
        { ip -d -o link show; end $?; } | grep -E "^$xv_mark| vlan (protocol [^ ]+ )?id "

        begin bonds
        if [ -d /proc/net/bonding ]; then files /proc/net/bonding/*; fi
        end 0

        begin addresses
        ip -o addr show
        xv_status=$?
        end $xv_status

        begin inet6
        files /proc/net/if_inet6
        end 0

        if [ $xv_status != 0 ]; then
          begin ifconfig
          ifconfig -a
          end $?
          begin fib-trie
          files /proc/net/fib_trie
          end 0
          begin routes
          files /proc/net/route
          end 0
        fi

        if files /sys/class/net/*/bridge/vlan_filtering | grep -q .; then
          begin port-vlans
          bridge -compressvlans vlan show || bridge vlan show
          end $?
        fi

        xv_domain0=no
        if [ -e /proc/xen/capabilities ]; then
          if grep -qs control_d /proc/xen/capabilities; then xv_domain0=yes; fi
        elif [ -d /proc/xen ] || [ -d /sys/hypervisor/version ]; then
          xv_domain0=perhaps
        fi
        if [ $xv_domain0 != no ]; then
          begin xenstore
          {
            patiently xenstore-ls -f /local/domain || patiently xenstore-ls /local/domain
            end $?
          } | grep -E "^$xv_mark|^[^/]|^/local/domain/[0-9]+/(name|backend/vif/[0-9]+/[0-9]+/(mac|bridge|vifname|script|mtu|vlan|state)|device/vif/[0-9]+/mtu) = "
        fi

        if has ovs-vsctl; then
          begin ovs-bridges
          patiently ovs-vsctl --timeout=5 -f json --columns=_uuid,name,ports,stp_enable list Bridge
          end $?
          begin ovs-ports
          patiently ovs-vsctl --timeout=5 -f json --columns=_uuid,name,interfaces,tag,trunks,vlan_mode list Port
          end $?
          begin ovs-interfaces
          patiently ovs-vsctl --timeout=5 -f json --columns=_uuid,name,type list Interface
          end $?
        fi

        if has ethtool; then
          begin offloads
          {
            xv_left=512
            xv_unread=0
            offloads() {
              if [ $xv_left -gt 0 ]; then
                xv_left=$((xv_left - 1))
                ethtool -k "$1" 2>/dev/null
              else
                xv_unread=$((xv_unread + 1))
              fi
            }
            if ! ethtool -k '*' 2>/dev/null; then
              cd /sys/class/net && {
                for xv_i in *; do
                  if [ -e "$xv_i/device" ] || [ -d "$xv_i/bonding" ] || [ -e "$xv_i/tun_flags" ]; then offloads "$xv_i"; fi
                done
                for xv_i in *; do
                  if [ -e "/proc/net/vlan/$xv_i" ]; then offloads "$xv_i"; fi
                done
              }
            fi
            printf 'unread %s\n' $xv_unread
            end 0
          } | grep -E "^$xv_mark|^Features for |^Offload parameters for |^tx-checksumming:|^[rt]x-vlan-offload:|^rx-vlan-filter:|^unread "
        fi
        exit 0
        """;
}
