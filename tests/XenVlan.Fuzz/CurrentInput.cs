using System.Buffers.Binary;
using System.IO.MemoryMappedFiles;
using System.Runtime.InteropServices;

namespace XenVlan.Fuzz;

/// <summary>
/// The text that is being read, in a file that is there even when the reader ends the process, as one does that calls
/// itself until the stack is full.
/// </summary>
internal sealed class CurrentInput
{
    private const int Size = 4 * 1024 * 1024;
    private const int TextStart = 256;

    private readonly MemoryMappedViewAccessor _view;
    private readonly byte[] _head = new byte[TextStart];

    /// <summary>Begins such a file.</summary>
    /// <param name="directory">Where.</param>
    public CurrentInput(string directory)
    {
        _ = Directory.CreateDirectory(directory);
        var file = new FileStream(PathIn(directory), FileMode.Create, FileAccess.ReadWrite, FileShare.ReadWrite);
        file.SetLength(Size);
        _view = MemoryMappedFile
            .CreateFromFile(file, null, Size, MemoryMappedFileAccess.ReadWrite, HandleInheritability.None, leaveOpen: false)
            .CreateViewAccessor();
    }

    /// <summary>Notes what is read next.</summary>
    /// <param name="target">The reader's name.</param>
    /// <param name="input">The text.</param>
    public void Set(string target, string input)
    {
        var length = Math.Min(input.Length, (Size - TextStart) / sizeof(char));
        BinaryPrimitives.WriteInt32LittleEndian(_head, length);
        _head[4] = (byte)target.Length;
        _ = System.Text.Encoding.ASCII.GetBytes(target, _head.AsSpan(5));
        _view.WriteArray(0, _head, 0, 5 + target.Length);
        _view.SafeMemoryMappedViewHandle.WriteSpan(TextStart, MemoryMarshal.AsBytes(input.AsSpan(0, length)));
    }

    /// <summary>Notes that nothing is read any more.</summary>
    public void Clear() => Set("", "");

    /// <summary>Reports the text that was being read when the process ended, or that is read without an end.</summary>
    /// <param name="directory">Where the file is.</param>
    /// <param name="what">What happened.</param>
    /// <returns>Whether there was one.</returns>
    public static bool Report(string directory, string what)
    {
        byte[] bytes;
        using (var file = new FileStream(PathIn(directory), FileMode.Open, FileAccess.Read, FileShare.ReadWrite))
        {
            bytes = new byte[file.Length];
            file.ReadExactly(bytes);
        }

        var target = System.Text.Encoding.ASCII.GetString(bytes, 5, bytes[4]);
        if (target.Length == 0)
            return false;
        var input = new string(MemoryMarshal.Cast<byte, char>(bytes.AsSpan(TextStart))[..BinaryPrimitives.ReadInt32LittleEndian(bytes)]);
        var path = new Failure(target, input, $"{target}: {what}", what).Save(directory);
        Console.WriteLine($"== {target}: {what}\n   ./build.sh fuzz --replay {Path.GetRelativePath(Repository.PathOf("."), path)}");
        return true;
    }

    private static string PathIn(string directory) => Path.Combine(directory, "current");
}
