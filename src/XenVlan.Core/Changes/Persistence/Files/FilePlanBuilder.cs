using XenVlan.Hosts;
using XenVlan.Model;

namespace XenVlan.Changes.Persistence.Files;

/// <summary>A plan for a host's configuration files in the making: each file as it will be after the changes so far.</summary>
internal sealed class FilePlanBuilder
{
    private readonly HostConfiguration _configuration;
    private readonly Dictionary<string, HostFile> _files = new(StringComparer.Ordinal);
    private readonly Dictionary<string, FileChange> _changes = new(StringComparer.Ordinal);
    private readonly PlanNotes _notes = new();
    private readonly HashSet<string> _ownDirectories = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ShellCommand> _afterRemoval = new(StringComparer.Ordinal);
    private IReadOnlyList<string>? _paths;

    /// <summary>Begins a plan.</summary>
    /// <param name="host">The host as it is to be while it runs, after the plan's steps.</param>
    /// <param name="configuration">Its files.</param>
    public FilePlanBuilder(HostSnapshot host, HostConfiguration configuration)
    {
        Host = host;
        _configuration = configuration;
        foreach (var file in configuration.Files)
            _ = _files.TryAdd(file.Path, file);
    }

    /// <summary>The host as it is to be while it runs.</summary>
    public HostSnapshot Host { get; }

    /// <summary>What the user should know.</summary>
    public IReadOnlyList<string> Notes => _notes.Sentences;

    /// <summary>The files to change, in the order in which they were first changed.</summary>
    public IReadOnlyList<FileChange> Changes => [.. _changes.Values.Where(c => c.Before != c.After).Select(WithCare)];

    /// <summary>The paths of the files there are, after the changes so far.</summary>
    public IReadOnlyList<string> Paths =>
        _paths ??= [
            .. _files.Keys.Union(_changes.Keys, StringComparer.Ordinal).Where(p => Read(p) is not null).Order(StringComparer.Ordinal),
        ];

    /// <summary>A number that grows with each change.</summary>
    public int Version { get; private set; }

    /// <summary>The paths of the files that are there and cannot be read; <see cref="Read"/> of one says so.</summary>
    public IReadOnlyList<string> Unreadable => _configuration.Unreadable;

    /// <summary>Whether a directory is there.</summary>
    public bool HasDirectory(string path) => _configuration.Directories.Contains(path, StringComparer.Ordinal);

    /// <summary>What is in a file after the changes so far.</summary>
    /// <returns>Its content; null where there is no such file.</returns>
    /// <exception cref="XenVlanException"><see cref="ErrorIds.ConfigurationUnreadable"/>: it is there and could not be read.</exception>
    public string? Read(string path)
    {
        if (_changes.TryGetValue(path, out var change))
            return change.After;
        if (_configuration.Unreadable.Contains(path, StringComparer.Ordinal))
        {
            var (why, help) = _configuration.UnreadableBecause.TryGetValue(path, out var reason)
                ? ($"was not read, because {reason}", "Put it right")
                : ("could not be read", "Use root");
            throw Host.Error(
                ErrorIds.ConfigurationUnreadable,
                $"{path} of host {Host.HostName} {why:unquoted}, so it is not changed. {help:unquoted}, or {new ChangeOnlyWhatRuns()}."
            );
        }

        return _files.GetValueOrDefault(path)?.Content;
    }

    /// <summary>Writes a file.</summary>
    /// <param name="path">Its absolute path.</param>
    /// <param name="content">All that is to be in it.</param>
    /// <param name="description">What that does, in words.</param>
    /// <param name="mode">The permissions of a new file.</param>
    public void Write(string path, string content, string description, string mode = "0644") => Change(path, content, description, mode);

    /// <summary>Makes a symbolic link.</summary>
    /// <param name="path">Its absolute path.</param>
    /// <param name="target">Where it leads, as it is written into it.</param>
    /// <param name="description">What that does, in words.</param>
    public void Link(string path, string target, string description) => Change(path, target, description, "0777", isLink: true);

    /// <summary>Where a symbolic link leads after the changes so far.</summary>
    /// <returns>What is written in it; null where there is none.</returns>
    public string? ReadLink(string path) =>
        _changes.TryGetValue(path, out var change) ? (change.IsLink ? change.After : null) : _files.GetValueOrDefault(path)?.LinkTarget;

    /// <summary>Removes a symbolic link.</summary>
    /// <param name="path">Its absolute path.</param>
    /// <param name="description">What that does, in words.</param>
    public void Unlink(string path, string description) => Change(path, null, description, "0777", isLink: true);

    /// <summary>Removes a file.</summary>
    /// <param name="path">Its absolute path.</param>
    /// <param name="description">What that does, in words.</param>
    public void Delete(string path, string description) => Change(path, null, description, "0644");

    /// <summary>Says that a directory is there for XenVlan's files alone, and goes with the last file in it.</summary>
    public void OwnDirectory(string directory) => _ownDirectories.Add(directory);

    /// <summary>Says what the host is to run once a file of a directory was removed.</summary>
    /// <param name="directory">The directory's absolute path.</param>
    /// <param name="command">The command.</param>
    public void AfterRemoval(string directory, ShellCommand command) => _afterRemoval[directory] = command;

    /// <summary>Adds something the user should know, once.</summary>
    public void Note(string text) => _notes.Add(text);

    private FileChange WithCare(FileChange change)
    {
        var directory = change.Path[..Math.Max(0, change.Path.LastIndexOf('/'))];
        return change with
        {
            RemovesDirectory = _ownDirectories.Contains(directory),
            AfterRemoval = _afterRemoval.GetValueOrDefault(directory),
        };
    }

    private void Change(string path, string? after, string description, string mode, bool isLink = false)
    {
        var before =
            _changes.TryGetValue(path, out var earlier) ? earlier.Before
            : isLink ? ReadLink(path)
            : Read(path);
        var words =
            earlier is null ? description
            : earlier.Description.Split("; ").Contains(description, StringComparer.Ordinal) ? earlier.Description
            : $"{earlier.Description}; {description}";
        if (earlier is null || (earlier.After is null) != (after is null))
            _paths = null;
        _changes[path] = new FileChange(path, before, after, mode, words, isLink);
        Version++;
    }
}
