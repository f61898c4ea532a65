using System.Collections;
using System.Management.Automation;
using XenVlan.Discovery;
using XenVlan.Model;

namespace XenVlan.PowerShell.Running;

/// <summary>Lets a parameter for snapshots take the files that hold them, and the objects that were read from them, too.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class SnapshotFileTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        ArgumentNullException.ThrowIfNull(engineIntrinsics);
        return Bare(inputData) switch
        {
            IList list => list.Cast<object?>().Select(One).ToArray(),
            var given => One(given),
        };

        object One(object? given) =>
            Bare(given) switch
            {
                string path => Read(engineIntrinsics, path),
                FileInfo file => Read(engineIntrinsics, file.FullName),
                XenObject item => (object?)item.GetSnapshot() ?? item,
                var other => other!,
            };

        static object? Bare(object? given) => given is PSObject wrapped ? wrapped.BaseObject : given;
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
