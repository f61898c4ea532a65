using System.Text;
using XenVlan.Model;

namespace XenVlan.Topology.Yaml;

/// <summary>Reads a document's text from a file.</summary>
internal static class DocumentFile
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file; a pipe will do.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="XenVlanException">
    /// <see cref="ErrorIds.DocumentUnreadable"/>: it cannot be read, is too large or is not UTF-8.
    /// </exception>
    public static async Task<string> ReadAsync(string path, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(path);
        return Decode(await ReadBytesAsync(path, cancellationToken).ConfigureAwait(false), path);
    }

    private static async Task<byte[]> ReadBytesAsync(string path, CancellationToken cancellationToken)
    {
        if (Directory.Exists(path))
            throw Unreadable(path, "it is a directory");

        try
        {
            var file = File.OpenRead(path);
            await using (file.ConfigureAwait(false))
            {
                var bytes = new MemoryStream();
                var buffer = new byte[64 * 1024];
                int count;
                while ((count = await file.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0)
                {
                    bytes.Write(buffer, 0, count);
                    if (bytes.Length > TopologyDocument.MaximumBytes)
                        throw Unreadable(path, $"it is larger than {TopologyDocument.MaximumBytes / 1024 / 1024} MiB");
                }

                return bytes.ToArray();
            }
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            throw Unreadable(path, "there is no such file", exception);
        }
        catch (Exception exception)
            when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw Unreadable(path, DisplayText.Clean(exception.Message).TrimEnd('.'), exception);
        }
    }

    private static string Decode(byte[] bytes, string path)
    {
        try
        {
            return Utf8.GetString(bytes);
        }
        catch (DecoderFallbackException exception)
        {
            var bad = Math.Max(exception.Index, 0);
            if (bytes is [0xff, 0xfe, ..] or [0xfe, 0xff, ..])
                throw Unreadable(path, "it is UTF-16, and must be UTF-8", exception);

            var before = bytes.AsSpan(0, bad);
            var line = 1 + before.Count((byte)'\n');
            var column = 1 + Utf8.GetCharCount(before[(before.LastIndexOf((byte)'\n') + 1)..]);
            throw Errors.Of(
                ErrorIds.DocumentUnreadable,
                $"{path:unquoted}:{line}:{column}: The byte 0x{bytes[bad]:x2} here is not UTF-8; a document must be UTF-8 text.",
                path,
                exception
            );
        }
    }

    private static XenVlanException Unreadable(string path, string why, Exception? cause = null) =>
        Errors.Of(ErrorIds.DocumentUnreadable, $"Document {path} cannot be read: {why:unquoted}.", path, cause);
}
