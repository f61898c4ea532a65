namespace XenVlan.Model;

/// <summary>What an interface leaves to its hardware, or for a vif to the other domain; null where it could not be seen.</summary>
/// <param name="TransmitChecksum">
/// Whether checksums of frames sent are left out (<c>tx-checksumming</c> of ethtool). On a vif or a domU's NIC this is
/// what leaves UDP with partial checksums where some other party takes the frame as it is.
/// </param>
/// <param name="ReceiveVlan">Whether the tag is taken off received frames by hardware (<c>rx-vlan-offload</c>).</param>
/// <param name="TransmitVlan">Whether the tag is put on sent frames by hardware (<c>tx-vlan-offload</c>).</param>
/// <param name="VlanFilter">Whether hardware drops VLANs nobody asked for (<c>rx-vlan-filter</c>).</param>
public sealed record Offloads(bool? TransmitChecksum, bool? ReceiveVlan, bool? TransmitVlan, bool? VlanFilter);
