using System.Runtime.InteropServices;

namespace XenVlan.Frames;

/// <summary>The system calls .NET has no words for. Each sets the last error where it returns -1.</summary>
internal static unsafe partial class Libc
{
    public const int NetworkNamespace = 0x40000000; // CLONE_NEWNET
    public const int AddressFamilyNetlink = 16;
    public const int AddressFamilyPacket = 17;
    public const int RawSocket = 3;
    public const int DatagramSocket = 2;
    public const int CloseOnExec = 0x80000;
    public const int DoNotWait = 0x40; // MSG_DONTWAIT
    public const int SocketLevel = 1;
    public const int ReceiveBufferForce = 33;
    public const int PollIn = 1;
    public const int InterfaceNameLength = 16;

    [LibraryImport("libc", SetLastError = true)]
    public static partial int setns(int descriptor, int kind);

    [LibraryImport("libc", SetLastError = true)]
    public static partial int socket(int domain, int type, int protocol);

    [LibraryImport("libc", SetLastError = true)]
    public static partial int close(int descriptor);

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial uint if_nametoindex(string name);

    [LibraryImport("libc", SetLastError = true)]
    public static partial int bind(int descriptor, PacketAddress* address, int length);

    [LibraryImport("libc", SetLastError = true)]
    public static partial int getsockname(int descriptor, PacketAddress* address, int* length);

    [LibraryImport("libc", SetLastError = true)]
    public static partial int setsockopt(int descriptor, int level, int option, int* value, int length);

    [LibraryImport("libc", SetLastError = true)]
    public static partial nint sendto(int descriptor, byte* data, nint length, int flags, PacketAddress* address, int addressLength);

    [LibraryImport("libc", SetLastError = true)]
    public static partial nint send(int descriptor, byte* data, nint length, int flags);

    [LibraryImport("libc", SetLastError = true)]
    public static partial nint recvfrom(int descriptor, byte* data, nint length, int flags, PacketAddress* address, int* addressLength);

    [LibraryImport("libc", SetLastError = true)]
    public static partial int poll(PollEntry* entries, nuint count, int milliseconds);

    /// <summary>The error of the last call that failed.</summary>
    /// <param name="what">What was tried.</param>
    public static IOException Error(string what) => new($"{what}: {Marshal.GetLastPInvokeErrorMessage()}");
}
