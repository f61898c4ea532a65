using System.Buffers.Binary;
using System.Net;

namespace XenVlan.Frames;

/// <summary>
/// Asks from every end for every other's IPv6 neighbour, as RFC 4861 has it, and prints <c>asked6 SOURCE TARGET</c> where the
/// question came to the target, and <c>answered6 SOURCE TARGET</c> where the target's answer came back. The ends have no IPv6, so
/// that nobody reports to listen unasked: the answers are sent from here, by the target's interface, to the address that asked.
/// </summary>
internal static class NeighborQuestions
{
    private const int Length = 72;
    private const int SourceAddress = 8;
    private const int TargetAddress = 24;
    private const int Icmp = 40;
    private const int Asked = 48;
    private const int Option = 64;
    private const byte Question = 135;
    private const byte Answer = 136;
    private const int EachWait = 2;
    private const int SecondWait = 60;
    private const int LastWait = 250;

    /// <summary>The address of an end.</summary>
    /// <param name="number">Its number.</param>
    public static IPAddress AddressOf(int number) => IPAddress.Parse($"fd00::{number + 1:x}");

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
                Ask(network, source, target, EachWait, asked, answered);
        }

        // What came later than that is too late for an answer: bridges have forgotten since where it goes.
        Thread.Sleep(LastWait);
        foreach (var end in network.Ends)
            Take(network, end, answers: false, asked, answered);
        foreach (var (source, target) in asked.Except(answered).ToList())
            Ask(
                network,
                network.Ends.Single(e => e.Number == source),
                network.Ends.Single(e => e.Number == target),
                SecondWait,
                asked,
                answered
            );
        foreach (var (source, target) in asked)
            output.WriteLine($"asked6 {source} {target}");
        foreach (var (source, target) in answered)
            output.WriteLine($"answered6 {source} {target}");
    }

    private static void Ask(
        FrameNetwork network,
        FrameEnd source,
        FrameEnd target,
        int wait,
        SortedSet<(int, int)> asked,
        SortedSet<(int, int)> answered
    )
    {
        network.Forget();
        _ = source.Neighbors.Send(MakeQuestion(source, target), Group(target));
        target.Neighbors.Wait(wait);
        Take(network, target, answers: true, asked, answered);
        source.Neighbors.Wait(wait);
        Take(network, source, answers: false, asked, answered);
    }

    private static byte[] Group(FrameEnd target)
    {
        var address = AddressOf(target.Number).GetAddressBytes();
        return [0x33, 0x33, 0xff, .. address.AsSpan(13)];
    }

    private static byte[] MakeQuestion(FrameEnd source, FrameEnd target)
    {
        var address = AddressOf(target.Number).GetAddressBytes();
        byte[] group = [.. IPAddress.Parse("ff02::1:ff00:0").GetAddressBytes().AsSpan(0, 13), .. address.AsSpan(13)];
        return MakePacket(Question, source, AddressOf(source.Number).GetAddressBytes(), group, address);
    }

    private static byte[] MakePacket(byte type, FrameEnd from, byte[] fromAddress, ReadOnlySpan<byte> to, ReadOnlySpan<byte> subject)
    {
        var packet = new byte[Length];
        packet[0] = 0x60;
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(4), Length - Icmp);
        packet[6] = 58;
        packet[7] = 255;
        fromAddress.CopyTo(packet, SourceAddress);
        to.CopyTo(packet.AsSpan(TargetAddress));
        packet[Icmp] = type;
        packet[Icmp + 4] = type == Answer ? (byte)0x60 : (byte)0;
        subject.CopyTo(packet.AsSpan(Asked));
        packet[Option] = type == Answer ? (byte)2 : (byte)1;
        packet[Option + 1] = 1;
        from.Neighbors.Mac.CopyTo(packet, Option + 2);
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(Icmp + 2), Checksum(packet));
        return packet;
    }

    // RFC 4443, 2.3
    private static ushort Checksum(ReadOnlySpan<byte> packet)
    {
        uint sum = (Length - Icmp) + 58;
        for (var i = SourceAddress; i < Length; i += 2)
            sum += BinaryPrimitives.ReadUInt16BigEndian(packet[i..]);
        while (sum >> 16 != 0)
            sum = (sum & 0xffff) + (sum >> 16);
        return (ushort)~sum;
    }

    private static void Take(FrameNetwork network, FrameEnd end, bool answers, SortedSet<(int, int)> asked, SortedSet<(int, int)> answered)
    {
        Span<byte> packet = stackalloc byte[Length];
        while (end.Neighbors.Receive(packet, out var type) is var got and >= 0)
        {
            if (got < Length || packet[6] != 58)
                continue;
            var from = Owner(network, packet.Slice(SourceAddress, 16));
            var subject = Owner(network, packet.Slice(Asked, 16));
            if (from is null || subject is null)
                continue;
            if (packet[Icmp] == Question && subject == end && type == PacketAddress.Multicast)
            {
                _ = asked.Add((from.Number, subject.Number));
                if (!answers)
                    continue;
                var answer = MakePacket(
                    Answer,
                    end,
                    AddressOf(end.Number).GetAddressBytes(),
                    packet.Slice(SourceAddress, 16),
                    packet.Slice(Asked, 16)
                );
                _ = end.Neighbors.Send(answer, packet.Slice(Option + 2, 6));
            }
            else if (packet[Icmp] == Answer && type == PacketAddress.ToThisHost && Owner(network, packet.Slice(TargetAddress, 16)) == end)
            {
                _ = answered.Add((end.Number, from.Number));
            }
        }
    }

    private static FrameEnd? Owner(FrameNetwork network, ReadOnlySpan<byte> address)
    {
        foreach (var end in network.Ends)
        {
            if (address.SequenceEqual(AddressOf(end.Number).GetAddressBytes()))
                return end;
        }

        return null;
    }
}
