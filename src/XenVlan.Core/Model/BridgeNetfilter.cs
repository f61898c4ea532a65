namespace XenVlan.Model;

/// <summary>What a host's bridges hand to the packet filters of IP and ARP, while <c>br_netfilter</c> is loaded (the kernel's <c>ip-sysctl</c>, <c>net.bridge</c>).</summary>
/// <param name="CallsIptables">Whether IPv4 packets go to iptables, and nftables' ip and inet tables, on every bridge.</param>
/// <param name="CallsIp6tables">Whether IPv6 packets go to ip6tables.</param>
/// <param name="CallsArptables">Whether ARP goes to arptables.</param>
/// <param name="FiltersVlanTagged">Whether this is so for tagged frames too; else only for those without a tag.</param>
public sealed record BridgeNetfilter(bool CallsIptables, bool CallsIp6tables, bool CallsArptables, bool FiltersVlanTagged);
