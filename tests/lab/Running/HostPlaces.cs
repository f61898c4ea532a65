namespace XenVlan.Lab.Running;

/// <summary>Where one dom0's QEMU listens and logs.</summary>
/// <param name="Name">The host.</param>
/// <param name="Sockets">The directory of its sockets; its path is short, for a socket's path may have 107 bytes.</param>
/// <param name="Logs">The directory of its logs.</param>
/// <param name="SshPort">The port on 127.0.0.1 that leads to its dropbear.</param>
/// <param name="OpenSshPort">The port on 127.0.0.1 that leads to its OpenSSH server.</param>
internal sealed record HostPlaces(string Name, string Sockets, string Logs, int SshPort, int OpenSshPort)
{
    public string Qmp => Path.Combine(Sockets, Name + ".qmp");

    public string Console => Path.Combine(Sockets, Name + ".con");

    public string ConsoleLog => Path.Combine(Logs, Name + ".console.log");

    public string QemuLog => Path.Combine(Logs, Name + ".qemu.log");

    /// <summary>QEMU's end of a wire: <paramref name="port"/> is 1 for eth1 and 2 for eth2.</summary>
    public string Wire(int port) => Wire(Sockets, $"{Name}{port}");

    /// <summary>The switch's end of a wire.</summary>
    public string SwitchEnd(int port) => SwitchEnd(Sockets, $"{Name}{port}");

    /// <summary>QEMU's end of the wire at a port of the switch.</summary>
    public static string Wire(string sockets, string port) => Path.Combine(sockets, port);

    /// <summary>The switch's end of the wire at one of its ports.</summary>
    public static string SwitchEnd(string sockets, string port) => Path.Combine(sockets, port + ".sw");

    /// <summary>What both logs say last, for an error message.</summary>
    public string LastWords() => string.Join('\n', LastLines(QemuLog, 5).Concat(LastLines(ConsoleLog, 10)));

    private static IEnumerable<string> LastLines(string file, int count) =>
        File.Exists(file) ? File.ReadAllText(file).Split('\n', StringSplitOptions.RemoveEmptyEntries).TakeLast(count) : [];
}
