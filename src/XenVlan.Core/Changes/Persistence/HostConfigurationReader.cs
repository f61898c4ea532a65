using System.Globalization;
using XenVlan.Changes.Persistence.Files;
using XenVlan.Hosts;
using XenVlan.Model;

namespace XenVlan.Changes.Persistence;

/// <summary>Reads the configuration files of a host, in one round trip.</summary>
public static class HostConfigurationReader
{
    private const int Tries = 3;

    /// <summary>The largest file that is read, in bytes; thousands of VLANs are some hundred thousand.</summary>
    internal const int LargestFile = 1024 * 1024;

    /// <summary>How much is read of all files together, in bytes; a file for each of thousands of VLANs or domains is a few
    /// millions.</summary>
    internal const int LargestTotal = 8 * 1024 * 1024;

    // Three characters a byte, and those of its line; they are not kept.
    private const int MostCharacters = 5 * LargestTotal;
    private const int MostNamed = 5;

    private static readonly EmbeddedScript Script = EmbeddedScript.Load("configuration.sh");

    /// <summary>The files a backend reads, as patterns of the shell.</summary>
    private static readonly string[] Patterns = [.. NetworkBackends.Patterns, .. DomainPersistence.Patterns];

    /// <summary>The directories a backend writes to.</summary>
    private static readonly string[] Directories = [.. NetworkPersistence.Directories, .. DomainPersistence.Directories];

    /// <summary>Reads the files.</summary>
    /// <param name="connection">The host.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <returns>The files.</returns>
    /// <exception cref="XenVlanException">
    /// <see cref="ErrorIds.ConfigurationConflict"/>: files change all the time;
    /// <see cref="ErrorIds.ConfigurationUnreadable"/>: they are too much together; <see cref="ErrorIds.UnexpectedOutput"/>: the
    /// host's programs print what is not understood; all errors of <see cref="IHostConnection.RunAsync"/>.
    /// </exception>
    public static Task<HostConfiguration> ReadAsync(IHostConnection connection, CancellationToken cancellationToken) =>
        ReadAsync(connection, Directories, Patterns, cancellationToken);

    internal static async Task<HostConfiguration> ReadAsync(
        IHostConnection connection,
        IEnumerable<string> directories,
        IEnumerable<string> patterns,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(connection);
        var mark = UniqueToken.New("xvf");
        var script = ShellScript
            .ForHost()
            .Set("xv_mark", mark)
            .Set("xv_most", LargestFile.ToString(CultureInfo.InvariantCulture))
            .Set("xv_room", LargestTotal.ToString(CultureInfo.InvariantCulture))
            .Set("xv_dirs", string.Join(' ', directories.Distinct(StringComparer.Ordinal)))
            .Set("xv_globs", string.Join(' ', patterns.Distinct(StringComparer.Ordinal)))
            .Add(Script);
        for (var i = 0; i < Tries; i++)
        {
            var parser = new HostConfigurationParser(mark);
            try
            {
                _ = await connection
                    .RunAsync(script, ScriptOptions.Reading with { MaximumOutput = MostCharacters }, Take, cancellationToken)
                    .ConfigureAwait(false);
                var configuration = parser.End();
                if (parser.TooMuch is { Count: > 0 } files)
                    throw TooMuch(connection.Target.Name, files);
                if (configuration is not null)
                    return configuration;
            }
            catch (FormatException e)
            {
                throw connection.Target.Error(
                    ErrorIds.UnexpectedOutput,
                    $"The configuration files of host {connection.Target.Name} could not be read: {e.Message:unquoted}. "
                        + $"Nothing was changed.",
                    e
                );
            }

            // A connection that was lost is tried again, from the start.
            void Take(string line)
            {
                if (line == $"{mark} begin")
                    parser = new HostConfigurationParser(mark);
                else
                    parser.Add(line);
            }
        }

        throw connection.Target.Error(
            ErrorIds.ConfigurationConflict,
            $"Configuration files of host {connection.Target.Name} changed while they were read, {Tries} times. "
                + $"Nothing was changed. Something else may be writing them; run it again when it has ended."
        );
    }

    private static XenVlanException TooMuch(string host, IReadOnlyList<(string Path, long Size)> files)
    {
        var largest = string.Join(
            ", ",
            files.Take(MostNamed).Select(f => string.Create(CultureInfo.InvariantCulture, $"{DisplayText.Clean(f.Path)} ({f.Size} bytes)"))
        );
        return Errors.On(
            host,
            ErrorIds.ConfigurationUnreadable,
            $"The configuration files of host {host} are {files.Sum(f => f.Size)} bytes together, {files.Count} "
                + $"of them, and no more than {LargestTotal} are read. The largest: {largest:unquoted}. Move away what is no "
                + $"configuration, or {new ChangeOnlyWhatRuns()}. Nothing was changed."
        );
    }
}
