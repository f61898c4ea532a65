using System.Management.Automation;
using XenVlan.Discovery;
using XenVlan.Model;
using XenVlan.PowerShell.Running;

namespace XenVlan.PowerShell.Commands;

/// <summary>Writes snapshots of hosts to files, which the other cmdlets read in place of asking the hosts.</summary>
[Cmdlet(VerbsData.Save, "XenSnapshot", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low, DefaultParameterSetName = ToFile)]
[OutputType(typeof(FileInfo))]
public sealed class SaveXenSnapshotCommand : SnapshotCmdlet
{
    private const string ToFile = "Path";
    private const string ToDirectory = "Directory";

    private readonly List<(RequestedHost Host, string File)> _waiting = [];
    private readonly Dictionary<string, (string HostName, HostSnapshot? Snapshot)> _files = new(StringComparer.Ordinal);

    /// <summary>The file for the snapshot of one host.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = ToFile)]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = "";

    /// <summary>The directory for a file a host, named for it; it is made where it is not there.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ToDirectory)]
    [ValidateNotNullOrEmpty]
    public string Directory { get; set; } = "";

    /// <summary>Writes over files that are there.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>How long reading a host may take, connecting included, in milliseconds.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int OperationTimeout { get; set; } = (int)SshSettings.Default.ReadTimeout.TotalMilliseconds;

    private protected override PipedKinds Takes =>
        PipedKinds.Host | PipedKinds.Bridge | PipedKinds.Port | PipedKinds.Nic | PipedKinds.VlanInterface;

    private protected override void Process()
    {
        foreach (var host in Hosts())
        {
            // Whoever has a snapshot in hand wants that one in the file, however old it is.
            var snapshot = Snapshot?.LastOrDefault(s => s.HostName == host.Target.Name);
            if (snapshot is null && Piped?.Snapshot?.HostName == host.Target.Name)
                snapshot = Piped.Snapshot;
            if (FileFor(host.Target.Name, snapshot) is not { } file)
                continue;
            if (snapshot is not null)
                Write(snapshot, file);
            else
                _waiting.Add((host, file));
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        var files = _waiting.ToDictionary(w => w.Host, w => w.File);
        foreach (var (host, snapshot) in Read(files.Keys, TimeSpan.FromMilliseconds(OperationTimeout)))
            Write(snapshot, files[host]);
    }

    // Null where nothing is to be written.
    private string? FileFor(string hostName, HostSnapshot? snapshot)
    {
        var file = GetUnresolvedProviderPathFromPSPath(
            ParameterSetName == ToFile ? Path : System.IO.Path.Combine(Directory, SnapshotFile.NameFor(hostName))
        );
        if (!_files.TryAdd(file, (hostName, snapshot)))
        {
            // One object after the other of one host, as a pipeline has them.
            if (_files[file] == (hostName, snapshot))
                return null;
            Report(
                Errors.Of(
                    ErrorIds.InvalidValue,
                    $"File {file} is for another snapshot, of host {_files[file].HostName}: a file holds one. Those of several hosts go "
                        + $"into files of a directory.",
                    file
                )
            );
            return null;
        }

        // Nobody is asked whether to do what will be refused.
        if (!Force && File.Exists(file))
        {
            Report(Errors.Of(ErrorIds.Conflict, $"File {file} is there already. With -Force it is written over.", file));
            return null;
        }

        return ShouldProcess(DisplayText.Clean(file), $"Save the snapshot of host {DisplayText.Quote(hostName)}") ? file : null;
    }

    private void Write(HostSnapshot snapshot, string file)
    {
        try
        {
            if (ParameterSetName == ToDirectory)
                _ = System.IO.Directory.CreateDirectory(System.IO.Path.GetDirectoryName(file)!);
            SnapshotFile.Write(snapshot, file, Force);
            WriteObject(new FileInfo(file));
        }
        catch (XenVlanException e)
        {
            Report(e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Report(Errors.Of(ErrorIds.DocumentUnwritable, $"Directory {Directory} cannot be made: {e.Message:unquoted}", file, e));
        }
    }

    private void Report(XenVlanException error) => WriteError(ErrorRecords.From(error, error.Target));
}
