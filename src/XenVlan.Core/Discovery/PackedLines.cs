using System.Collections;
using System.IO.Compression;
using System.Text;

namespace XenVlan.Discovery;

/// <summary>
/// The lines of a section. A host may have a hundred thousand interfaces, each with two dozen lines that are nearly the
/// same; so many lines are kept compressed, and taken out anew, one after the other, whenever they are asked for.
/// </summary>
internal sealed class PackedLines : IReadOnlyList<string>, IDisposable
{
    private const int FewCharacters = 256 * 1024;
    private const int BufferSize = 8192;

    private List<string>? _plain = [];
    private int _characters;
    private MemoryStream? _packed;
    private StreamWriter? _writer;

    /// <summary>How many there are.</summary>
    public int Count { get; private set; }

    /// <summary>How many bytes they take when they are compressed; 0 while they are few.</summary>
    public long PackedBytes => _packed?.Length ?? 0;

    /// <summary>A line.</summary>
    /// <param name="index">Its number, from 0.</param>
    /// <returns>The line.</returns>
    public string this[int index] => _plain is { } few ? few[index] : this.Skip(index).First();

    /// <summary>Adds a line.</summary>
    /// <param name="line">The line, without a line feed.</param>
    public void Add(string line)
    {
        Count++;
        if (_plain is not { } few)
        {
            Write(line);
            return;
        }

        few.Add(line);
        _characters += line.Length;
        if (_characters <= FewCharacters)
            return;
        _packed = new MemoryStream();
        _writer = new StreamWriter(new DeflateStream(_packed, CompressionLevel.Fastest, leaveOpen: true), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), BufferSize);
        foreach (var one in few)
            Write(one);
        _plain = null;
    }

    /// <summary>Ends it: no line is added any more.</summary>
    /// <returns>The same lines.</returns>
    public PackedLines End()
    {
        _writer?.Dispose();
        _writer = null;
        return this;
    }

    /// <summary>Frees what it holds.</summary>
    public void Dispose()
    {
        _ = End();
        _packed?.Dispose();
    }

    /// <inheritdoc/>
    public IEnumerator<string> GetEnumerator() => _plain is { } few ? few.GetEnumerator() : Unpack().GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private void Write(string line)
    {
        _writer!.Write(line);
        _writer.Write('\n');
    }

    // Not by ReadLine, which takes a carriage return for the end of a line.
    private IEnumerable<string> Unpack()
    {
        using var bytes = new MemoryStream(_packed!.GetBuffer(), 0, (int)_packed.Length, writable: false);
        using var reader = new StreamReader(new DeflateStream(bytes, CompressionMode.Decompress), Encoding.UTF8, detectEncodingFromByteOrderMarks: false, BufferSize);
        var buffer = new char[BufferSize];
        var line = new StringBuilder();
        int count;
        while ((count = reader.Read(buffer)) > 0)
        {
            var start = 0;
            for (var feed = Array.IndexOf(buffer, '\n', 0, count); feed >= 0; feed = Array.IndexOf(buffer, '\n', start, count - start))
            {
                yield return line.Length == 0 ? new string(buffer, start, feed - start) : line.Append(buffer, start, feed - start).ToString();
                _ = line.Clear();
                start = feed + 1;
            }

            _ = line.Append(buffer, start, count - start);
        }
    }
}
