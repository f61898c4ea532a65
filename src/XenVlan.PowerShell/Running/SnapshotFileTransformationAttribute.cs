using System.Collections;
using System.Management.Automation;
using XenVlan.Discovery;
using XenVlan.Model;

namespace XenVlan.PowerShell.Running;

/// <summary>Lets a parameter for snapshots take the files that hold them, too.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class SnapshotFileTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        ArgumentNullException.ThrowIfNull(engineIntrinsics);
        var given = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        return given switch
        {
            string path => Read(engineIntrinsics, path),
            IList list => list.Cast<object?>()
                .Select(i => i is PSObject o ? o.BaseObject : i)
                .Select(i => i is string path ? Read(engineIntrinsics, path) : i)
                .ToArray(),
            _ => inputData,
        };
    }

    private static HostSnapshot Read(EngineIntrinsics engine, string path)
    {
        try
        {
            return SnapshotFile.Read(engine.SessionState.Path.GetUnresolvedProviderPathFromPSPath(path));
        }
        catch (XenVlanException e)
        {
            throw new ArgumentTransformationMetadataException(e.Message, e);
        }
    }
}
