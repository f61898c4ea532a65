# Reads all of a host, in sections that are marked by xv_mark; xv_programs are those to be looked for. Changes nothing, leaves nothing
# behind, and needs no root.
#
# Marks go to both streams, so that each section's errors are known without a temporary file.
# Interface names have neither '/' nor ':' (dev_valid_name in the kernel's net/core/dev.c), so "name/attribute:value" can be taken
# apart again. /dev/null makes grep name the file where there is only one.
# A process costs more than all it does here, so as few as possible are started: the shell reads small files itself, one grep reads
# all others, and a program is only asked where there is something to ask for.
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
# Where the names of the files are too long for one command (126 is the shell's status for that), xargs makes several; printf is
# built into every sh and knows no such limit.
files() {
  grep -s '' /dev/null "$@" 2>/dev/null
  if [ $? -ge 126 ]; then printf '%s\0' "$@" | xargs -0 grep -s '' /dev/null 2>/dev/null; fi
}

begin host
if [ -r /proc/sys/kernel/ostype ]; then
  for xv_i in ostype osrelease hostname; do
    read -r xv_value <"/proc/sys/kernel/$xv_i"
    printf '%s\n' "$xv_value"
  done
  while read -r xv_i xv_value xv_rest; do
    if [ "$xv_i" = Uid: ]; then xv_uid=$xv_value; fi
  done </proc/self/status
  printf '%s\n' "$xv_uid"
else
  uname -s
fi
end 0
if [ ! -r /proc/sys/kernel/ostype ]; then exit 0; fi

begin programs
for xv_i in $xv_programs; do
  if has "$xv_i"; then printf '%s\n' "$xv_i"; fi
done
end 0

begin configuration
for xv_i in /proc/xen /proc/xen/capabilities /etc/xensource-inventory /run/NetworkManager /var/run/NetworkManager \
  /run/systemd/netif/state /etc/netplan/*.yaml /etc/sysconfig/network-scripts/ifcfg-* /etc/network/interfaces \
  /var/lock/subsys/xend; do
  if [ -e "$xv_i" ]; then printf '%s\n' "$xv_i"; fi
done
if [ -f /var/run/xend.pid ] && [ -r /var/run/xend.pid ]; then
  read -r xv_i </var/run/xend.pid
  if [ -n "$xv_i" ] && [ -d "/proc/$xv_i" ]; then echo 'xend runs'; fi
fi
set --
for xv_file in /etc/network/interfaces /etc/network/interfaces.d/*; do
  if [ -f "$xv_file" ] && [ -r "$xv_file" ] && [ -s "$xv_file" ]; then set -- "$@" "$xv_file"; fi
done
if [ $# -gt 0 ]; then
  grep -hs '^[[:space:]]*iface[[:space:]]' "$@" 2>/dev/null | head -n 10000
fi
end 0

begin files
cd /sys/class/net || cd /
files /sys/hypervisor/type /sys/hypervisor/uuid /sys/hypervisor/version/major /sys/hypervisor/version/minor \
  /sys/hypervisor/version/extra /sys/hypervisor/start_flags/initdomain /proc/xen/capabilities \
  /proc/sys/net/bridge/bridge-nf-call-iptables /proc/net/vlan/config /proc/net/bonding/* \
  ./*/ifindex ./*/iflink ./*/address ./*/mtu ./*/flags ./*/carrier ./*/type ./*/tun_flags ./*/uevent \
  ./*/statistics/rx_packets ./*/statistics/tx_packets ./*/statistics/rx_dropped ./*/statistics/tx_dropped \
  ./*/master/ifindex ./*/brport/bridge/ifindex ./*/brport/port_no ./*/brport/state ./*/brport/hairpin_mode \
  ./*/brport/isolated ./*/brport/learning ./*/brport/unicast_flood ./*/brport/broadcast_flood ./*/brport/multicast_flood \
  ./*/brport/neigh_suppress ./*/brport/proxyarp ./*/brport/multicast_router ./*/brport/multicast_to_unicast \
  ./*/bridge/vlan_filtering ./*/bridge/default_pvid ./*/bridge/vlan_protocol ./*/bridge/stp_state \
  ./*/bridge/forward_delay ./*/bridge/nf_call_iptables \
  ./*/bridge/multicast_snooping ./*/bridge/multicast_querier ./*/bridge/multicast_router \
  ./*/bonding/mode ./*/bonding/active_slave ./*/bonding/slaves ./*/bonding/ad_partner_mac \
  ./*/bonding_slave/state ./*/bonding_slave/mii_status \
  ./*/bonding_slave/ad_aggregator_id ./*/device/nodename
printf '%s:\n' ./*/device
end 0

xv_bridges=
for xv_i in /sys/class/net/*/bridge; do
  if [ -d "$xv_i" ]; then xv_bridges=yes; fi
done

set -- /proc/net/vlan/*
begin vlan-names
printf '%s\n' "$@"
end 0

begin vlan-links
if [ -n "$xv_bridges" ]; then
  ip -d -o link show
elif [ $# -gt 1 ]; then
  ip -d -o link show type vlan || ip -d -o link show
fi
end $?

begin addresses
ip -o addr show
xv_status=$?
end $xv_status

if [ $xv_status != 0 ]; then
  begin ifconfig
  ifconfig -a
  end $?
  begin routes
  files /proc/net/if_inet6 /proc/net/fib_trie /proc/net/route
  end 0
fi

xv_bridges=
xv_snoops=
for xv_i in /sys/class/net/*/bridge; do
  if [ -r "$xv_i/vlan_filtering" ]; then xv_bridges=yes; fi
  if [ -r "$xv_i/multicast_snooping" ]; then
    read -r xv_value <"$xv_i/multicast_snooping"
    if [ "$xv_value" != 0 ]; then xv_snoops=yes; fi
  fi
done
if [ -n "$xv_bridges" ]; then
  begin port-vlans
  bridge -d -compressvlans vlan show || bridge -compressvlans vlan show || bridge vlan show
  end $?
fi
if [ -n "$xv_snoops" ]; then
  begin multicast
  bridge -d mdb show
  end $?
fi

xv_domain0=
if [ -e /proc/xen/capabilities ]; then
  read -r xv_value </proc/xen/capabilities
  case $xv_value in *control_d*) xv_domain0=yes ;; esac
elif [ -d /proc/xen ] || [ -d /sys/hypervisor/version ]; then
  xv_domain0=perhaps
fi
if [ -n "$xv_domain0" ]; then
  # Only the NICs' backends are listed, and names and MTUs read, for whole it is several times as large. Each of these programs
  # stops at the first path that is missing: then, or where domains have backends of their own, all is listed. No path in a
  # xenstore has a colon.
  xv_of_nics='name|backend/vif/[0-9]+/[0-9]+/(mac|bridge|vifname|script|mtu|vlan|state)|device/vif/[0-9]+/mtu'
  begin xenstore
  # Before 1.30 busybox takes the first argument of timeout for the command; every applet of busybox is a link.
  patiently() { timeout 20 "$@"; }
  if ! has timeout || { [ -L "$(command -v timeout)" ] && ! timeout 20 true >/dev/null 2>&1; }; then
    patiently() { "$@"; }
  fi
  wanted() {
    xv_value=$(patiently xenstore-list /local/domain) || return
    set --
    xv_domains=
    for xv_i in $xv_value; do
      set -- "$@" "/local/domain/$xv_i/name"
      if [ "$xv_i" != 0 ]; then xv_domains="$xv_domains /local/domain/$xv_i"; fi
    done
    if [ -z "$xv_domains" ]; then return 1; fi
    # shellcheck disable=SC2086 # paths, a word each
    xv_value=$(patiently xenstore-list -p $xv_domains) || return
    case $xv_value in *backend*) return 1 ;; esac
    xv_vifs=$(patiently xenstore-ls -f /local/domain/0/backend/vif) || return
    set -f
    IFS='
'
    for xv_i in $xv_vifs; do
      xv_i=${xv_i%% = *}
      xv_value=${xv_i#/local/domain/0/backend/vif/}
      case $xv_value in
        */*/*) ;;
        */*) set -- "$@" "/local/domain/${xv_value%/*}/device/vif/${xv_value#*/}/mtu" ;;
      esac
    done
    xv_value=$(patiently xenstore-read -p "$@") || return
    printf '%s\n' "$xv_vifs" "$xv_value"
  }
  {
    (wanted 2>/dev/null)
    xv_status=$?
    case $xv_status in
      0 | 124) ;;
      *)
        patiently xenstore-ls -f /local/domain
        xv_status=$?
        ;;
    esac
    case $xv_status:$xv_uid in
      0:* | 124:* | 127:*) ;;
      *:0)
        patiently xenstore-ls /local/domain
        xv_status=$?
        ;;
    esac
    end $xv_status
  } | grep -E "^$xv_mark|^[^/]|^/local/domain/[0-9]+/($xv_of_nics)( = |: )"
fi

xv_ovs=
for xv_i in /run/openvswitch /var/run/openvswitch; do
  if [ -d "$xv_i" ] && { [ -e "$xv_i/db.sock" ] || [ ! -x "$xv_i" ]; }; then xv_ovs=yes; fi
done
if [ -n "$xv_ovs" ] && has ovs-vsctl; then
  begin ovs
  ovs-vsctl --timeout=20 -f json -- --columns=_uuid,name,ports,stp_enable list Bridge \
    -- --columns=_uuid,name,interfaces,tag,trunks,vlan_mode,fake_bridge list Port -- --columns=_uuid,name,type list Interface
  end $?
fi

xv_filters=
for xv_i in nf_tables ebtable_filter iptable_filter ip6table_filter arptable_filter br_netfilter; do
  if [ -d "/sys/module/$xv_i" ]; then xv_filters="$xv_filters $xv_i "; fi
done
if [ -n "$xv_filters" ]; then
  begin filters
  for xv_i in /proc/sys/net/bridge/bridge-nf-*; do
    if [ -r "$xv_i" ]; then
      read -r xv_value <"$xv_i"
      printf '%s:%s\n' "$xv_i" "$xv_value"
    fi
  done
  end 0
fi
if [ -n "$xv_filters" ] && [ "$xv_uid" = 0 ]; then
  xv_first() {
    for xv_i in "$@"; do
      if has "$xv_i"; then return 0; fi
    done
    return 1
  }
  rules() {
    begin "$1"
    printf 'program %s\n' "$2"
    shift 2
    { "$@"; end $?; } | head -n 20000
  }
  xv_nft=
  case $xv_filters in *' nf_tables '*)
    if has nft; then
      xv_nft=yes
      rules filters-nft nft nft -a list ruleset
      # All in one line, which is cut at its spaces. It is some four times as long as the text, and only of use whole.
      begin filters-nft-json
      nft -j -a list ruleset 2>/dev/null | head -c 8000000 | tr ' ' '\n'
      end 0
    fi ;;
  esac
  case $xv_filters in *' ebtable_filter '*)
    if xv_first ebtables-legacy ebtables; then rules filters-ebtables "$xv_i" "$xv_i" -L; fi ;;
  *' nf_tables '*)
    if [ -z "$xv_nft" ] && has ebtables; then rules filters-ebtables ebtables ebtables -L; fi ;;
  esac
  for xv_ip in ip ip6 arp; do
    case $xv_filters in *" ${xv_ip}table_filter "*)
      if xv_first ${xv_ip}tables-legacy-save ${xv_ip}tables-save; then rules filters-$xv_ip "${xv_i%-save}" "$xv_i"; fi ;;
    *' nf_tables '*)
      if [ $xv_ip != arp ] && has ${xv_ip}tables-save; then rules filters-$xv_ip ${xv_ip}tables ${xv_ip}tables-save; fi ;;
    esac
  done
fi

for xv_i in /run/lldpd.socket /var/run/lldpd.socket /run/lldpd/lldpd.socket; do
  if [ -S "$xv_i" ] && has lldpctl; then
    begin lldp
    lldpctl -f keyvalue
    end $?
    break
  fi
done

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
