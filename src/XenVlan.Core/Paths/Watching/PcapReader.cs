using System.Buffers.Binary;
using System.Globalization;

namespace XenVlan.Paths.Watching;

/// <summary>Takes the file that <c>tcpdump -w -</c> writes apart, piece by piece as it comes (<c>pcap-savefile(5)</c>).</summary>
/// <param name="onFrame">Takes each frame, as much of it as was captured.</param>
internal sealed class PcapReader(PcapReader.FrameHandler onFrame)
{
    private const int HeaderSize = 24;
    private const int RecordSize = 16;
    private const int LinkTypeAt = 20;
    private const int CapturedLengthAt = 8;
    private const int Ethernet = 1;

    // libpcap's MAXIMUM_SNAPLEN.
    private const int LongestFrame = 262_144;

    private byte[] _piece = new byte[HeaderSize];
    private int _filled;
    private State _state = State.Header;
    private bool _isBigEndian;

    private enum State
    {
        Header,
        Record,
        Frame,
        Unreadable,
    }

    /// <summary>Takes a frame.</summary>
    /// <param name="frame">Its bytes, from the destination's address on.</param>
    public delegate void FrameHandler(ReadOnlySpan<byte> frame);

    /// <summary>Whether the file's header came, and all that came after it could be read.</summary>
    public bool IsReading => _state is State.Record or State.Frame;

    /// <summary>Takes what comes next.</summary>
    /// <param name="data">The bytes.</param>
    public void Add(ReadOnlySpan<byte> data)
    {
        while (!data.IsEmpty && _state is not State.Unreadable)
        {
            var taken = Math.Min(data.Length, _piece.Length - _filled);
            data[..taken].CopyTo(_piece.AsSpan(_filled));
            _filled += taken;
            data = data[taken..];
            if (_filled == _piece.Length)
                EndPiece();
        }
    }

    /// <summary>Takes what comes next as a line of <c>od -An -tx1</c>.</summary>
    /// <param name="line">Bytes in hexadecimal; anything else is no capture.</param>
    public void Add(string line)
    {
        foreach (var word in line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (byte.TryParse(word, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value))
                Add([value]);
            else
                Begin(State.Unreadable, 0);
        }
    }

    private void EndPiece()
    {
        switch (_state)
        {
            case State.Header:
                Begin(IsCaptureOfEthernet() ? State.Record : State.Unreadable, RecordSize);
                break;
            case State.Record:
                var length = Number(CapturedLengthAt);
                if (length > LongestFrame)
                    Begin(State.Unreadable, 0);
                else if (length > 0)
                    Begin(State.Frame, (int)length);
                else
                    Begin(State.Record, RecordSize);
                break;
            default:
                onFrame(_piece);
                Begin(State.Record, RecordSize);
                break;
        }
    }

    private void Begin(State state, int size) => (_state, _filled, _piece) = (state, 0, new byte[size]);

    // The host's own byte order; times in microseconds or nanoseconds. The upper half of the link type is of no matter here.
    private bool IsCaptureOfEthernet()
    {
        var magic = BinaryPrimitives.ReadUInt32BigEndian(_piece);
        _isBigEndian = magic is 0xa1b2c3d4 or 0xa1b23c4d;
        return (_isBigEndian || magic is 0xd4c3b2a1 or 0x4d3cb2a1) && (Number(LinkTypeAt) & 0xffff) == Ethernet;
    }

    private uint Number(int at) =>
        _isBigEndian ? BinaryPrimitives.ReadUInt32BigEndian(_piece.AsSpan(at)) : BinaryPrimitives.ReadUInt32LittleEndian(_piece.AsSpan(at));
}
