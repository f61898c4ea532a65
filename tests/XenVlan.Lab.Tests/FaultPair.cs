using System.Globalization;

namespace XenVlan.Lab.Tests;

/// <summary>Two things that go wrong with one change.</summary>
/// <param name="First">The one.</param>
/// <param name="Second">The other.</param>
/// <param name="Place">
/// Where both happen: <c>step 5</c>, right after its command; <c>undo 5</c>, where the last step fails and step 5 is about to be
/// undone; or <c>armed</c>.
/// </param>
public sealed record FaultPair(string First, string Second, string Place)
{
    public const string Worker = "worker killed";
    public const string Group = "worker and its command killed";
    public const string Guard = "guard killed";
    public const string Connection = "connection cut";
    public const string Memory = "/run full";
    public const string Disk = "disk full";
    public const string Clock = "clock set back";
    public const string Busybox = "busybox as sh";
    public const string Endless = "command without end";
    public const string Client = "client interrupted";
    public const string Reset = "host reset";

    /// <summary>What a fault does on the host, as shell; those that are not here are made otherwise.</summary>
    public static IReadOnlyDictionary<string, string> Commands { get; } =
        new Dictionary<string, string>(StringComparer.Ordinal)
        {
            [Worker] = "read -r pid rest < $run/worker; kill -KILL $pid",
            [Group] = "read -r pid rest < $run/worker; kill -KILL $pid; kill -KILL -$pid",
            [Guard] = "read -r pid rest < $run/guard; kill -KILL $pid",
            [Connection] = "pkill -KILL -f '^sshd: root'",
            [Memory] =
                "dd if=/dev/zero of=/run/xenvlan/filler bs=1k 2>/dev/null; dd if=/dev/zero of=/run/xenvlan/filler bs=1 oflag=append "
                + "conv=notrunc 2>/dev/null",
            [Disk] = "lab-journal fill",
            [Clock] = "date -s '2020-01-01 00:00:00'",
            [Endless] = "sleep 1000",
            [Reset] = "echo 1 > /proc/sys/kernel/sysrq; echo b > /proc/sysrq-trigger; sleep 60",
        };

    // What kills the command that makes the faults comes last.
    private static readonly string[] OnHost = [Guard, Connection, Memory, Disk, Worker, Group];

    /// <summary>Every pair.</summary>
    public static IReadOnlyList<FaultPair> All { get; } =
    [
        .. from first in OnHost
        from second in OnHost
        where Array.IndexOf(OnHost, first) < Array.IndexOf(OnHost, second) && (first, second) is not (Worker, Group)
        from place in new[] { "step 1", "step 5", "undo 9", "undo 5", "armed" }
        where !(place is "armed" && second is Group)
        select new FaultPair(first, second, place),
        .. from whole in new[] { Busybox, Clock }
        from second in OnHost
        from place in new[] { "step 5", "undo 5" }
        select new FaultPair(whole, second, place),
        .. from first in new[] { Guard, Connection, Memory, Disk, Busybox }
        from place in new[] { "step 5", "undo 5" }
        select new FaultPair(first, Endless, place),
        .. from first in new[] { Guard, Connection, Memory, Disk, Worker }
        from place in new[] { "step 5", "armed" }
        select new FaultPair(first, Client, place),
        .. from first in new[] { Guard, Memory, Disk, Clock }
        from place in new[] { "step 5", "undo 5" }
        select new FaultPair(first, Reset, place),
    ];

    /// <summary>A small part, the same every time.</summary>
    public static IReadOnlyList<FaultPair> Some { get; } =
    [new(Memory, Group, "undo 5"), new(Memory, Guard, "armed"), new(Busybox, Worker, "step 5"), new(Guard, Endless, "step 5")];

    /// <summary>The step at which they happen; 0 where all are done.</summary>
    public int Step => Place is "armed" ? 0 : int.Parse(Place.Split(' ')[1], CultureInfo.InvariantCulture);

    /// <summary>Whether one of the two is that.</summary>
    public bool Has(string fault) => First == fault || Second == fault;

    /// <inheritdoc/>
    public override string ToString() => $"{First} and {Second}, {Place}";
}
