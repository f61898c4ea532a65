using System.Buffers.Binary;
using System.IO.Compression;
using XenVlan.Lab.Running;

namespace XenVlan.Lab.Building;

/// <summary>Unpacks kernels before they are booted: under emulation, unpacking costs seconds at every boot.</summary>
internal static class KernelImage
{
    /// <summary>
    /// Takes the plain ELF kernel out of a bzImage whose payload is xz (Debian's kernel) or LZ4 (its cloud kernel); Xen boots
    /// that directly.
    /// </summary>
    public static async Task UnpackLinuxAsync(string bzImage, string vmlinux, CancellationToken cancellationToken)
    {
        // The offsets are those of the x86 boot protocol's setup header. After the compressed kernel stands its size.
        const int SetupSectors = 0x1f1,
            PayloadOffset = 0x248,
            PayloadLength = 0x24c,
            Sector = 512,
            Size = 4;
        const uint Lz4 = 0x184C2102;
        var image = await File.ReadAllBytesAsync(bzImage, cancellationToken);
        var start = ((image[SetupSectors] + 1) * Sector) + (int)BinaryPrimitives.ReadUInt32LittleEndian(image.AsSpan(PayloadOffset));
        var length = (int)BinaryPrimitives.ReadUInt32LittleEndian(image.AsSpan(PayloadLength)) - Size;
        var packed = vmlinux + ".packed";
        await File.WriteAllBytesAsync(packed, image[start..(start + length)], cancellationToken);
        var program = BinaryPrimitives.ReadUInt32LittleEndian(image.AsSpan(start)) == Lz4 ? "lz4" : "xz";
        await Tool.RequireAsync(
            "sh",
            ["-c", "exec \"$0\" -d -c < \"$1\" > \"$2\"", program, packed, vmlinux],
            TimeSpan.FromMinutes(2),
            cancellationToken
        );
        File.Delete(packed);
    }

    public static async Task UnpackXenAsync(string packed, string unpacked, CancellationToken cancellationToken)
    {
        await using var input = new GZipStream(File.OpenRead(packed), CompressionMode.Decompress);
        await using var output = File.Create(unpacked);
        await input.CopyToAsync(output, cancellationToken);
    }
}
