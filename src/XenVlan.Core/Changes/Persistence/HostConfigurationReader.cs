using System.Globalization;
using System.Text;
using XenVlan.Hosts;

namespace XenVlan.Changes.Persistence;

/// <summary>Reads the configuration files of a host, in one round trip.</summary>
public static class HostConfigurationReader
{
    // POSIX od shows every byte, also of files that do not end in a line feed or hold CRs.
    private const string Script =
        """
        for xv_dir in $xv_dirs; do
            [ -d "$xv_dir" ] && printf '%s directory %s\n' "$xv_mark" "$xv_dir"
        done
        for xv_file in $xv_globs; do
            if [ -h "$xv_file" ]; then printf '%s link %s\n' "$xv_mark" "$xv_file"; readlink "$xv_file" | od -An -v -tx1; fi
            [ -f "$xv_file" ] || continue
            if [ -r "$xv_file" ]; then
                printf '%s file %s\n' "$xv_mark" "$xv_file"
                od -An -v -tx1 "$xv_file"
            else
                printf '%s unreadable %s\n' "$xv_mark" "$xv_file"
            fi
        done
        exit 0
        """;

    /// <summary>The files a backend reads, as patterns of the shell.</summary>
    private static readonly string[] Patterns = [.. NetworkPersistence.Patterns, .. DomainPersistence.Patterns];

    /// <summary>The directories a backend writes to.</summary>
    private static readonly string[] Directories = [.. NetworkPersistence.Directories, .. DomainPersistence.Directories];

    /// <summary>Reads the files.</summary>
    /// <param name="connection">The host.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <returns>The files.</returns>
    /// <exception cref="Model.XenVlanException">All errors of <see cref="IHostConnection.RunAsync"/>.</exception>
    public static async Task<HostConfiguration> ReadAsync(IHostConnection connection, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(connection);
        var mark = RandomWord.New("xvf");
        var script = new ShellScript()
            .Add("LC_ALL=C; export LC_ALL")
            .Set("xv_mark", mark)
            .Set("xv_dirs", string.Join(' ', Directories.Distinct(StringComparer.Ordinal)))
            .Set("xv_globs", string.Join(' ', Patterns.Distinct(StringComparer.Ordinal)))
            .Add(Script);
        var result = await connection.RunAsync(script, ScriptOptions.Reading, cancellationToken).ConfigureAwait(false);
        return Parse(result.Output, mark);
    }

    internal static HostConfiguration Parse(string output, string mark)
    {
        var files = new List<HostFile>();
        var directories = new List<string>();
        var unreadable = new List<string>();
        string? path = null;
        var isLink = false;
        var links = new Dictionary<string, string>(StringComparer.Ordinal);
        var content = new StringBuilder();
        foreach (var line in output.Split('\n'))
        {
            var words = line.Split(' ', 3);
            if (words.Length < 3 || !string.Equals(words[0], mark, StringComparison.Ordinal))
            {
                foreach (var word in line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
                    _ = content.Append((char)byte.Parse(word, NumberStyles.HexNumber, CultureInfo.InvariantCulture));
                continue;
            }

            End();
            switch (words[1])
            {
                case "directory":
                    directories.Add(words[2]);
                    break;
                case "unreadable":
                    unreadable.Add(words[2]);
                    break;
                default:
                    path = words[2];
                    isLink = string.Equals(words[1], "link", StringComparison.Ordinal);
                    break;
            }
        }

        End();
        files.AddRange(links.Where(l => !files.Exists(f => string.Equals(f.Path, l.Key, StringComparison.Ordinal))).Select(l => new HostFile(l.Key, "", l.Value)));
        return new HostConfiguration { Files = files, Directories = directories, Unreadable = unreadable };

        void End()
        {
            if (path is not null && isLink)
                links[path] = content.ToString().TrimEnd('\n');
            else if (path is not null)
                files.Add(new HostFile(path, content.ToString(), links.GetValueOrDefault(path)));
            path = null;
            _ = content.Clear();
        }
    }
}
