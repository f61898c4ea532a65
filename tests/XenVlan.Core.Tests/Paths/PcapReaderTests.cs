using Shouldly;
using XenVlan.Paths.Watching;
using Xunit;

namespace XenVlan.Tests.Paths;

public sealed class PcapReaderTests
{
    private const uint Microseconds = 0xa1b2c3d4;
    private const uint Nanoseconds = 0xa1b23c4d;
    private const int Ethernet = 1;

    private static readonly byte[][] Frames =
    [
        [1, 2, 3],
        [],
        [4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14],
    ];

    [Theory]
    [InlineData(true, Microseconds, 1)]
    [InlineData(false, Microseconds, 7)]
    [InlineData(true, Nanoseconds, 16)]
    [InlineData(false, Nanoseconds, 1000)]
    public void Frames_come_out_whole_however_the_file_comes_in(bool isBigEndian, uint magic, int piece)
    {
        var seen = new List<byte[]>();
        var reader = new PcapReader(f => seen.Add(f.ToArray()));
        foreach (var part in CapturedFrames.Pcap(isBigEndian, magic, Ethernet, Frames).Chunk(piece))
            reader.Add(part);

        seen.ShouldBe(Frames.Where(f => f.Length > 0));
        reader.IsReading.ShouldBeTrue();
    }

    [Fact]
    public void Nothing_is_read_before_the_header_is_there()
    {
        var reader = new PcapReader(_ => { });
        reader.Add(CapturedFrames.Pcap(false, Microseconds, Ethernet).AsSpan(..^1));
        reader.IsReading.ShouldBeFalse();
    }

    [Theory]
    [InlineData(Microseconds, 113)]
    [InlineData(0x0a0d0d0au, Ethernet)]
    public void What_is_no_capture_of_ethernet_is_not_read(uint magic, int linkType)
    {
        var reader = new PcapReader(_ => throw new InvalidOperationException("There is no frame."));
        reader.Add(CapturedFrames.Pcap(false, magic, linkType, Frames));
        reader.IsReading.ShouldBeFalse();
    }

    [Fact]
    public void A_frame_longer_than_any_ends_the_reading()
    {
        var reader = new PcapReader(_ => throw new InvalidOperationException("There is no frame."));
        reader.Add([.. CapturedFrames.Pcap(false, Microseconds, Ethernet), .. new byte[8], 1, 0, 4, 0, .. new byte[100]]);
        reader.IsReading.ShouldBeFalse();
    }
}
