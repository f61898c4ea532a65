using System.Globalization;
using System.Text;
using XenVlan.Changes.Persistence.Files;
using XenVlan.Model;

namespace XenVlan.Changes.Persistence;

/// <summary>Reads what the script of <see cref="HostConfigurationReader"/> prints.</summary>
/// <param name="mark">The word that begins the lines that part it.</param>
internal sealed class HostConfigurationParser(string mark)
{
    // What a host may have of names of files; each takes some more than its characters.
    private const int MostNames = 8 * 1024 * 1024;
    private const int CharactersOfName = 100;

    // PATH_MAX of the kernel's include/uapi/linux/limits.h.
    private const int LongestTarget = 4096;

    private readonly List<HostFile> _files = [];
    private readonly List<string> _directories = [];
    private readonly List<string> _unreadable = [];
    private readonly Dictionary<string, string> _because = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _links = new(StringComparer.Ordinal);
    private readonly List<(string Path, long Size)> _skipped = [];

    // Of the files, or the link, that it is at.
    private readonly List<string> _paths = [];
    private readonly List<long> _sizes = [];
    private readonly StringBuilder _target = new();
    private string? _link;
    private bool _atSizes;
    private int _at;
    private char[] _content = [];
    private int _filled;

    private int _names;
    private long _total;
    private bool _hasChanged;

    /// <summary>The files and their sizes in bytes, the largest first, where they were too much to be read; none where all were
    /// read.</summary>
    public IReadOnlyList<(string Path, long Size)> TooMuch =>
        _skipped.Count == 0
            ? []
            : [.. _skipped.Concat(_files.Select(f => (f.Path, (long)f.Content.Length))).OrderByDescending(f => f.Item2)];

    /// <summary>Reads all of it.</summary>
    /// <returns>As <see cref="End"/>.</returns>
    /// <exception cref="FormatException">As <see cref="Add(string)"/>.</exception>
    public HostConfiguration? Parse(string output)
    {
        foreach (var line in output.Split('\n'))
            Add(line);
        return End();
    }

    /// <summary>Reads a line.</summary>
    /// <exception cref="FormatException">Something else printed this; says what was found and where.</exception>
    public void Add(string line)
    {
        if (_hasChanged)
            return;
        if (!line.StartsWith(mark, StringComparison.Ordinal) || (line.Length > mark.Length && line[mark.Length] != ' '))
        {
            AddNumbers(line);
            return;
        }

        var words = line.Split(' ', 3);
        var path = words.ElementAtOrDefault(2) ?? "";
        _names += path.Length + CharactersOfName;
        if (_names > MostNames)
            throw new FormatException("its shell printed more names of files than a host has");
        _hasChanged = !Take(words.ElementAtOrDefault(1) ?? "", path);
    }

    /// <summary>Ends it.</summary>
    /// <returns>The files; null where one changed its size between being measured and being read.</returns>
    public HostConfiguration? End()
    {
        if (_hasChanged)
            return null;

        // A link that leads nowhere is there as well.
        var found = _files.Select(f => f.Path).ToHashSet(StringComparer.Ordinal);
        _files.AddRange(_links.Where(l => !found.Contains(l.Key)).Select(l => new HostFile(l.Key, "", l.Value)));
        return new HostConfiguration
        {
            Files = _files,
            Directories = _directories,
            Unreadable = _unreadable,
            UnreadableBecause = _because,
        };
    }

    private bool Take(string word, string path)
    {
        switch (word)
        {
            case "directory":
                _directories.Add(path);
                return true;
            case "unreadable":
                _unreadable.Add(path);
                return true;
            case "large":
                AddUnreadable(path, $"it is larger than {HostConfigurationReader.LargestFile / 1024} KiB, which no configuration is");
                return true;
            case "special":
                AddUnreadable(path, "it is a link to something of the kernel's, which is no configuration");
                return true;
            case "link":
                _link = path;
                return true;
            case "file":
                _paths.Add(path);
                return true;
            case "sizes":
                _atSizes = true;
                return true;
            case "bytes":
                _atSizes = false;
                (_at, _filled) = (0, 0);
                if (!HasSizes())
                    return false;
                _sizes.RemoveRange(_paths.Count, _sizes.Count - _paths.Count);
                _total += _sizes.Sum();
                return _total <= HostConfigurationReader.LargestTotal
                    ? EndFiles()
                    : throw new FormatException("its shell printed more of files than it was asked for");
            case "skipped":
                if (!HasSizes())
                    return false;
                _skipped.AddRange(_paths.Zip(_sizes));
                _paths.Clear();
                _sizes.Clear();
                _atSizes = false;
                return true;
            case "end":
                return TakeEnd();
            default:
                throw NotUnderstood(word);
        }
    }

    // Where it is a link, what it leads to is not to be taken for empty.
    private void AddUnreadable(string path, string why)
    {
        _unreadable.Add(path);
        _because[path] = why;
        _ = _links.Remove(path);
    }

    // A line of wc's, a size and a path, or of od's, bytes in hexadecimal.
    private void AddNumbers(string line)
    {
        var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (_atSizes)
        {
            if (
                words.Length > 0
                && _sizes.Count <= _paths.Count
                && int.TryParse(words[0], NumberStyles.None, CultureInfo.InvariantCulture, out var size)
            )
                _sizes.Add(size);
            return;
        }

        if (_link is null && _paths.Count == 0 && words.Length > 0)
            throw NotUnderstood(words[0]);
        foreach (var word in words)
        {
            if (!byte.TryParse(word, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value))
                throw NotUnderstood(word);
            if (!Add((char)value))
            {
                _hasChanged = true;
                return;
            }
        }
    }

    private bool Add(char value)
    {
        if (_link is not null)
        {
            if (_target.Length > LongestTarget)
                throw new FormatException($"{DisplayText.Clean(_link)} is a link with more characters than Linux allows");
            _ = _target.Append(value);
            return true;
        }

        if (_filled >= _content.Length)
            return false;
        _content[_filled++] = value;
        return _filled < _content.Length || EndFiles();
    }

    private FormatException NotUnderstood(string word)
    {
        var path = _link ?? _paths.FirstOrDefault();
        var where = path is null ? "before any file" : $"where the bytes of {DisplayText.Clean(path)} were expected";
        return new($"its shell printed {DisplayText.Quote(word)} {where}");
    }

    // Of several files, wc also tells the sum.
    private bool HasSizes() =>
        _sizes.Count == _paths.Count + (_paths.Count > 1 ? 1 : 0)
        && _sizes.Take(_paths.Count).All(s => s <= HostConfigurationReader.LargestFile);

    // Goes on to the next file that has something in it.
    private bool EndFiles()
    {
        for (; HasNext() && _filled == _sizes[_at]; _at++)
        {
            _files.Add(new HostFile(_paths[_at], new string(_content, 0, _filled), _links.GetValueOrDefault(_paths[_at])));
            _filled = 0;
        }

        _content = HasNext() ? new char[_sizes[_at]] : [];
        return true;

        bool HasNext() => _at < Math.Min(_paths.Count, _sizes.Count);
    }

    private bool TakeEnd()
    {
        if (_link is { } link)
        {
            _links[link] = _target.ToString().TrimEnd('\n');
            _ = _target.Clear();
            _link = null;
            return true;
        }

        var isWhole = _at == _paths.Count;
        _paths.Clear();
        _sizes.Clear();
        _at = 0;
        return isWhole;
    }
}
