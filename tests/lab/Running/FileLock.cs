using System.Diagnostics;

namespace XenVlan.Lab.Running;

/// <summary>An advisory lock on a file; the kernel lets go of it when the process ends, however it ends.</summary>
internal sealed class FileLock : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    private readonly FileStream _stream;

    private FileLock(FileStream stream) => _stream = stream;

    public static async Task<FileLock> TakeAsync(
        string path,
        TimeSpan limit,
        string heldBy,
        IProgress<string>? progress,
        CancellationToken cancellationToken
    )
    {
        var started = Stopwatch.StartNew();
        for (var said = false; ; said = true)
        {
            try
            {
                return new FileLock(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
            }
            catch (IOException) when (started.Elapsed < limit)
            {
                if (!said)
                {
                    progress?.Report($"waiting for {heldBy}");
                }

                await Task.Delay(Pause, cancellationToken);
            }
            catch (IOException error)
            {
                throw new LabException($"waited {limit.TotalSeconds:0} s in vain for {heldBy} to let go of {path}", error);
            }
        }
    }

    public void Dispose() => _stream.Dispose();
}
