# Within the namespace that stands in for a domain's NIC.
# IPv6 stays off but on the interface of the VLAN that is meant: it would announce itself on another.
[ -e /proc/sys/net/ipv6/conf/default ] && {
    echo 1 >/proc/sys/net/ipv6/conf/default/disable_ipv6
    echo 0 >/proc/sys/net/ipv6/conf/default/accept_dad
}
ip link add name xv0 mtu "$xv_mtu" type veth peer name "$xv_end" mtu "$xv_mtu" \
    address fe:ff:ff:ff:ff:ff netns "$xv_pid" >&2 || exit 2
ip link set dev lo up
ip link set dev xv0 up
