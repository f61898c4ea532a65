using System.Management.Automation;
using XenVlan.Discovery;
using XenVlan.Drawing;
using XenVlan.PowerShell.Running;
using XenVlan.Topology;

namespace XenVlan.PowerShell.Commands;

/// <summary>Draws the hosts of a topology document as a tree.</summary>
[Cmdlet(VerbsCommon.Show, "XenTopology")]
[OutputType(typeof(string))]
public sealed class ShowXenTopologyCommand : TopologyCmdlet
{
    private protected override void Process(TopologyDocument document, SnapshotStore store)
    {
        var hosts = Await(token => TopologyPlanner.ReadAllAsync(document, store, token));
        WriteObject(TreeText.Write(TopologyTree.Draw(hosts, TopologyPlanner.WiresOf(document))));
    }
}
