using System.Buffers.Binary;

namespace XenVlan.Frames;

/// <summary>
/// Sends a broadcast of every size from every end, and prints <c>size SOURCE TARGET BYTES</c>, the largest packet that
/// came to each target; nothing where none came.
/// </summary>
internal static class SizeQuestions
{
    private const uint Signature = 0x58764652;
    private const int Head = 8;
    private const int LastWait = 250;

    /// <summary>Sends.</summary>
    /// <param name="network">The ends.</param>
    /// <param name="sizes">The sizes of the packets, in bytes behind the Ethernet header, rising; 8 or more.</param>
    /// <param name="output">Gets the lines.</param>
    public static void Run(FrameNetwork network, IReadOnlyList<int> sizes, TextWriter output)
    {
        var largest = new SortedDictionary<(int, int), int>();
        foreach (var source in network.Ends)
        {
            foreach (var size in sizes)
            {
                var packet = new byte[size];
                BinaryPrimitives.WriteUInt32BigEndian(packet, Signature);
                BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(4), (ushort)source.Number);
                BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(6), (ushort)size);
                if (!source.Sizes.Broadcast(packet))
                    break;
            }

            Take(network, largest);
        }

        Thread.Sleep(LastWait);
        Take(network, largest);
        foreach (var ((source, target), size) in largest)
            output.WriteLine($"size {source} {target} {size}");
    }

    private static void Take(FrameNetwork network, SortedDictionary<(int, int), int> largest)
    {
        Span<byte> packet = stackalloc byte[Head];
        foreach (var target in network.Ends)
        {
            while (target.Sizes.Receive(packet, out var type) is var got and >= 0)
            {
                if (got < Head || type != PacketAddress.Broadcast || BinaryPrimitives.ReadUInt32BigEndian(packet) != Signature)
                    continue;
                var source = BinaryPrimitives.ReadUInt16BigEndian(packet[4..]);
                var size = BinaryPrimitives.ReadUInt16BigEndian(packet[6..]);
                if (source != target.Number && size > largest.GetValueOrDefault((source, target.Number)))
                    largest[(source, target.Number)] = size;
            }
        }
    }
}
