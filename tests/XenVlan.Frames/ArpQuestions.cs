using System.Buffers.Binary;

namespace XenVlan.Frames;

/// <summary>
/// Asks from every end for every other's address, as RFC 826 has it, and prints <c>asked SOURCE TARGET</c> where the
/// question came to the target, and <c>answered SOURCE TARGET</c> where the kernel's answer came back.
/// </summary>
internal static class ArpQuestions
{
    private const int Length = 28;
    private const int Operation = 7;
    private const int SenderHardware = 8;
    private const int SenderAddress = 14;
    private const int TargetAddress = 24;
    private const byte Question = 1;
    private const byte Answer = 2;

    // Frames are on their way for as long as the kernel's softirqs need; a busy one does them in a thread of their own.
    private const int EachWait = 2;
    private const int LastWait = 250;

    /// <summary>Asks.</summary>
    /// <param name="network">The ends.</param>
    /// <param name="output">Gets the lines.</param>
    public static void Run(FrameNetwork network, TextWriter output)
    {
        var asked = new SortedSet<(int, int)>();
        var answered = new SortedSet<(int, int)>();
        foreach (var source in network.Ends)
        {
            foreach (var target in network.Ends.Where(e => e != source))
            {
                network.Forget();
                _ = source.Arp.Broadcast(MakeQuestion(source, target));
                source.Arp.Wait(EachWait);
                Take(network, source, asked, answered);
            }

            foreach (var end in network.Ends)
                Take(network, end, asked, answered);
        }

        Thread.Sleep(LastWait);
        foreach (var end in network.Ends)
            Take(network, end, asked, answered);
        foreach (var (source, target) in asked)
            output.WriteLine($"asked {source} {target}");
        foreach (var (source, target) in answered)
            output.WriteLine($"answered {source} {target}");
    }

    private static byte[] MakeQuestion(FrameEnd source, FrameEnd target)
    {
        var packet = new byte[Length];
        BinaryPrimitives.WriteUInt64BigEndian(packet, 0x0001_0800_0604_0001);
        source.Arp.Mac.CopyTo(packet, SenderHardware);
        source.Address.CopyTo(packet, SenderAddress);
        target.Address.CopyTo(packet, TargetAddress);
        return packet;
    }

    private static void Take(FrameNetwork network, FrameEnd end, SortedSet<(int, int)> asked, SortedSet<(int, int)> answered)
    {
        Span<byte> packet = stackalloc byte[Length];
        while (end.Arp.Receive(packet, out var type) is var got and >= 0)
        {
            if (got < Length)
                continue;
            var from = Owner(network, packet.Slice(SenderAddress, 4));
            var to = Owner(network, packet.Slice(TargetAddress, 4));
            if (from is null || to is null)
                continue;
            if (packet[Operation] == Question && to == end && type == PacketAddress.Broadcast)
                _ = asked.Add((from.Number, to.Number));
            else if (packet[Operation] == Answer && to == end && type == PacketAddress.ToThisHost)
                _ = answered.Add((to.Number, from.Number));
        }
    }

    private static FrameEnd? Owner(FrameNetwork network, ReadOnlySpan<byte> address)
    {
        foreach (var end in network.Ends)
        {
            if (address.SequenceEqual(end.Address))
                return end;
        }

        return null;
    }
}
