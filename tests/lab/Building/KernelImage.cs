using System.Buffers.Binary;
using System.IO.Compression;
using XenVlan.Lab.Running;

namespace XenVlan.Lab.Building;

/// <summary>Unpacks kernels before they are booted: under emulation, unpacking costs seconds at every boot.</summary>
internal static class KernelImage
{
    /// <summary>Takes the plain ELF kernel out of a bzImage whose payload is xz; Xen boots that directly.</summary>
    public static async Task UnpackLinuxAsync(string bzImage, string vmlinux, CancellationToken cancellationToken)
    {
        // The offsets are those of the x86 boot protocol's setup header.
        const int SetupSectors = 0x1f1, PayloadOffset = 0x248, PayloadLength = 0x24c, Sector = 512;
        var image = await File.ReadAllBytesAsync(bzImage, cancellationToken);
        var start = ((image[SetupSectors] + 1) * Sector) + (int)BinaryPrimitives.ReadUInt32LittleEndian(image.AsSpan(PayloadOffset));
        var length = (int)BinaryPrimitives.ReadUInt32LittleEndian(image.AsSpan(PayloadLength));
        var packed = vmlinux + ".xz";
        await File.WriteAllBytesAsync(packed, image[start..(start + length)], cancellationToken);

        // After the compressed kernel stands its size, which --single-stream makes xz leave alone.
        await Tool.RequireAsync("xz", ["--decompress", "--single-stream", "--force", packed], TimeSpan.FromMinutes(2), cancellationToken);
    }

    public static async Task UnpackXenAsync(string packed, string unpacked, CancellationToken cancellationToken)
    {
        await using var input = new GZipStream(File.OpenRead(packed), CompressionMode.Decompress);
        await using var output = File.Create(unpacked);
        await input.CopyToAsync(output, cancellationToken);
    }
}
