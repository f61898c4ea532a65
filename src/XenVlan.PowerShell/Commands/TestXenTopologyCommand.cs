using System.Management.Automation;
using XenVlan.Discovery;
using XenVlan.Model;
using XenVlan.PowerShell.Running;
using XenVlan.Topology;

namespace XenVlan.PowerShell.Commands;

/// <summary>Checks the expected paths of a topology document with real frames.</summary>
[Cmdlet(VerbsDiagnostic.Test, "XenTopology")]
[OutputType(typeof(XenVlanPathResult))]
public sealed class TestXenTopologyCommand : TopologyCmdlet
{
    private protected override void Process(TopologyDocument document, SnapshotStore store)
    {
        foreach (var result in Pump((_, token) => ExpectationChecker.CheckAsync(document, store, token)))
            WriteObject(result.Worded(PowerShellWording.Instance));
    }
}
