using XenVlan.Model;

namespace XenVlan.Discovery.Views;

/// <summary>The host that a snapshot shows.</summary>
internal static class HostView
{
    /// <summary>Makes the view.</summary>
    public static XenHost Of(HostSnapshot snapshot)
    {
        var kinds = new List<BridgeKind>();
        if (snapshot.Interfaces.Any(i => i.Kind is InterfaceKind.Bridge))
            kinds.Add(BridgeKind.Linux);
        if (snapshot.OpenVSwitchBridges.Count > 0)
            kinds.Add(BridgeKind.OpenVSwitch);

        return new XenHost
        {
            HostName = snapshot.HostName,
            NodeName = snapshot.NodeName,
            Toolstack = snapshot.Toolstack,
            XenVersion = snapshot.XenVersion,
            IsDomain0 = snapshot.IsDomain0,
            Kernel = snapshot.Kernel.ToString(),
            BridgeKinds = kinds,
            NetworkManagers = snapshot.NetworkManagers,
            Domains = [.. snapshot.Domains.Where(d => d.Id != 0)],
            IsRoot = snapshot.IsRoot,
            TakenAt = snapshot.TakenAt,
            NotSeen = snapshot.NotSeen,
            Snapshot = snapshot,
        };
    }
}
