using System.Globalization;
using System.Text;
using XenVlan.Model;

namespace XenVlan.Changes.Persistence;

/// <summary>Reads what the script of <see cref="HostConfigurationReader"/> prints.</summary>
/// <param name="mark">The word that begins the lines that part it.</param>
internal sealed class HostConfigurationParser(string mark)
{
    private readonly List<HostFile> _files = [];
    private readonly List<string> _directories = [];
    private readonly List<string> _unreadable = [];
    private readonly Dictionary<string, string> _because = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _links = new(StringComparer.Ordinal);

    // Of the files, or the link, that it is at.
    private readonly List<string> _paths = [];
    private readonly List<long> _sizes = [];
    private readonly StringBuilder _bytes = new();
    private string? _link;
    private bool _atSizes;

    /// <summary>Reads all of it.</summary>
    /// <param name="output">What the script printed.</param>
    /// <returns>The files; null where one changed its size between being measured and being read.</returns>
    /// <exception cref="FormatException">Something else printed this; says what was found and where.</exception>
    public HostConfiguration? Parse(string output)
    {
        foreach (var line in output.Split('\n'))
        {
            var words = line.Split(' ', 3);
            if (!string.Equals(words[0], mark, StringComparison.Ordinal))
                AddNumbers(line);
            else if (!Take(words.ElementAtOrDefault(1) ?? "", words.ElementAtOrDefault(2) ?? ""))
                return null;
        }

        // A link that leads nowhere is there as well.
        var found = _files.Select(f => f.Path).ToHashSet(StringComparer.Ordinal);
        _files.AddRange(_links.Where(l => !found.Contains(l.Key)).Select(l => new HostFile(l.Key, "", l.Value)));
        return new HostConfiguration { Files = _files, Directories = _directories, Unreadable = _unreadable, UnreadableBecause = _because };
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
            case "sizes" or "bytes":
                _atSizes = word is "sizes";
                return true;
            case "end":
                return End();
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
            if (words.Length > 0 && int.TryParse(words[0], NumberStyles.None, CultureInfo.InvariantCulture, out var size))
                _sizes.Add(size);
            return;
        }

        foreach (var word in words)
        {
            if (!byte.TryParse(word, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value))
                throw NotUnderstood(word);
            _ = _bytes.Append((char)value);
        }
    }

    private FormatException NotUnderstood(string word) =>
        new($"its shell printed {DisplayText.Quote(word)} {((_link ?? _paths.FirstOrDefault()) is { } path ? $"where the bytes of {DisplayText.Clean(path)} were expected" : "before any file")}");

    private bool End()
    {
        var bytes = _bytes.ToString();
        _ = _bytes.Clear();
        if (_link is { } link)
        {
            _links[link] = bytes.TrimEnd('\n');
            _link = null;
            return true;
        }

        // Of several files, wc also tells the sum.
        var isWhole = _sizes.Count == _paths.Count + (_paths.Count > 1 ? 1 : 0) && _sizes.Take(_paths.Count).Sum() == bytes.Length;
        for (var (i, at) = (0, 0); isWhole && i < _paths.Count; at += (int)_sizes[i], i++)
            _files.Add(new HostFile(_paths[i], bytes.Substring(at, (int)_sizes[i]), _links.GetValueOrDefault(_paths[i])));
        _paths.Clear();
        _sizes.Clear();
        return isWhole;
    }
}
