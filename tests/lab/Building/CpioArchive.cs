using System.Text;

namespace XenVlan.Lab.Building;

/// <summary>Writes a root tree as a "newc" cpio archive, the form the kernel unpacks as its initial root. All of it belongs to
/// root.</summary>
internal static class CpioArchive
{
    public static void Write(RootTree tree, string path)
    {
        using var output = new BufferedStream(new FileStream(path, FileMode.Create, FileAccess.Write), 1 << 20);
        var inode = 1;
        foreach (var (name, entry) in tree.Entries)
        {
            WriteEntry(output, name, entry.Mode, inode++, entry.IsDirectory ? [] : entry.ReadContent());
        }

        WriteEntry(output, "TRAILER!!!", 0, 0, []);
    }

    private static void WriteEntry(Stream output, string name, uint mode, int inode, byte[] content)
    {
        var nameBytes = Encoding.UTF8.GetBytes(name + "\0");
        var links = (mode & RootEntry.Directory) != 0 && (mode & RootEntry.RegularFile) == 0 ? 2 : 1;
        const int None = 0;
        var header =
            $"070701{inode:X8}{mode:X8}{None:X8}{None:X8}{links:X8}{None:X8}{content.Length:X8}"
            + $"{None:X8}{None:X8}{None:X8}{None:X8}{nameBytes.Length:X8}{None:X8}";
        output.Write(Encoding.ASCII.GetBytes(header));
        output.Write(nameBytes);
        Pad(output, header.Length + nameBytes.Length);
        output.Write(content);
        Pad(output, content.Length);
    }

    private static void Pad(Stream output, int written)
    {
        ReadOnlySpan<byte> zeros = [0, 0, 0];
        output.Write(zeros[..((4 - (written % 4)) % 4)]);
    }
}
