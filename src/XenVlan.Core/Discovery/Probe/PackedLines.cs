using System.Collections;
using System.IO.Compression;
using System.Text;

namespace XenVlan.Discovery.Probe;

/// <summary>
/// The lines of a section. A host may have a hundred thousand interfaces, each with two dozen lines that are nearly the
/// same; so many lines are kept compressed, and taken out anew, one after the other, whenever they are asked for.
/// </summary>
internal sealed class PackedLines : IReadOnlyList<string>, IDisposable
{
    private const int MostPlainBytes = 512 * 1024;

    // Parts, because one array that grows is copied whenever it does.
    private const int PartBytes = 256 * 1024;
    private const int BufferSize = 8192;

    // What a string and its place in a list take besides its characters.
    private const int BytesOfLine = 32;

    private readonly List<byte[]> _parts = [];
    private List<string>? _plain = [];
    private long _heldBytes;
    private MemoryStream? _part;
    private StreamWriter? _writer;

    /// <summary>How many there are.</summary>
    public int Count { get; private set; }

    /// <summary>Whether they are kept compressed.</summary>
    public bool IsPacked => _plain is null;

    /// <summary>How many bytes they take, about.</summary>
    public long HeldBytes => _heldBytes + (_part?.Length ?? 0);

    /// <summary>A line.</summary>
    /// <param name="index">Its number, from 0.</param>
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
        _heldBytes += BytesOfLine + (line.Length * sizeof(char));
        if (_heldBytes <= MostPlainBytes)
            return;
        _plain = null;
        _heldBytes = 0;
        foreach (var one in few)
            Write(one);
    }

    /// <summary>Ends it: no line is added any more.</summary>
    public PackedLines End()
    {
        if (_part is not null)
            EndPart();
        return this;
    }

    /// <summary>Frees what it holds.</summary>
    public void Dispose() => _ = End();

    /// <inheritdoc/>
    public IEnumerator<string> GetEnumerator() => _plain is { } few ? few.GetEnumerator() : _parts.SelectMany(Unpack).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private void Write(string line)
    {
        if (_part is null)
        {
            _part = new MemoryStream();
            _writer = new StreamWriter(
                new DeflateStream(_part, CompressionLevel.Optimal, leaveOpen: true),
                new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
                BufferSize
            );
        }

        _writer!.Write(line);
        _writer.Write('\n');
        if (_part.Length >= PartBytes)
            EndPart();
    }

    private void EndPart()
    {
        _writer!.Dispose();
        _writer = null;
        _parts.Add(_part!.ToArray());
        _part.Dispose();
        _part = null;
        _heldBytes += _parts[^1].Length;
    }

    // Not by ReadLine, which takes a carriage return for the end of a line.
    private static IEnumerable<string> Unpack(byte[] part)
    {
        using var reader = new StreamReader(
            new DeflateStream(new MemoryStream(part), CompressionMode.Decompress),
            Encoding.UTF8,
            detectEncodingFromByteOrderMarks: false,
            BufferSize
        );
        var buffer = new char[BufferSize];
        var line = new StringBuilder();
        int count;
        while ((count = reader.Read(buffer)) > 0)
        {
            var start = 0;
            for (var feed = Array.IndexOf(buffer, '\n', 0, count); feed >= 0; feed = Array.IndexOf(buffer, '\n', start, count - start))
            {
                yield return line.Length == 0
                    ? new string(buffer, start, feed - start)
                    : line.Append(buffer, start, feed - start).ToString();
                _ = line.Clear();
                start = feed + 1;
            }

            _ = line.Append(buffer, start, count - start);
        }
    }
}
