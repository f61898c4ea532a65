using XenVlan.Lab.Building;

namespace XenVlan.Lab.Running;

/// <summary>The command line of a dom0's QEMU. What is frozen can only be thawed by the very same machine.</summary>
internal static class QemuCommand
{
    public const string Program = "qemu-system-x86_64";

    private const string MemorySize = "1536M";

    // With smap, dom0 dies early. With xsave, and so AVX, registers are now and then mixed up between the domains, and
    // ssh signatures come out wrong: seen with QEMU 7.2. Without both it is as fast.
    public const string Processor = "max,-smap,-xsave";

    // dom0 has one virtual CPU and the domains the other; more would only compete for the few of this machine.
    public const string XenArguments = "console=com1 com1=115200,8n1 noreboot dom0_mem=768M,max:768M dom0_max_vcpus=1 bootscrub=0";

    // What costs time under emulation is left out. norandmaps: QEMU translates code anew for each address it is seen at, so
    // with programs at random addresses every process costs twice the time. nofsgsbase: with these instructions Linux reads
    // a register at each switch of tasks that Xen has to emulate.
    public const string QuickLinux =
        "loglevel=3 quiet mitigations=off norandmaps random.trust_cpu=on cryptomgr.notests rodata=off audit=0 lsm= tsc=reliable "
        + "nofsgsbase ";

    private const string LinuxArguments = "console=hvc0 " + QuickLinux + "rdinit=/linuxrc net.ifnames=0 lab.host=";

    /// <summary>Everything about the machine that a frozen host depends on, for the key of the cache.</summary>
    public static string MachineKey { get; } =
        string.Join(' ', Machine(new HostPlaces("k", "/s", "/l", 1, 2), "/ram", shared: true)) + XenArguments + LinuxArguments;

    /// <summary>
    /// Boots a host with its memory in a file, from which it can be frozen. To be run in the images' directory: a
    /// module's path must hold no space, but that directory's may.
    /// </summary>
    public static IReadOnlyList<string> Boot(HostPlaces host, LabImages images, string memoryFile) =>
        [
            .. Machine(host, memoryFile, shared: true),
            "-kernel",
            Path.GetFileName(images.Xen),
            "-append",
            XenArguments,
            // Modules are separated by commas, so a comma in their arguments is written twice.
            "-initrd",
            $"{Path.GetFileName(images.Linux)} {Comma(LinuxArguments + host.Name)},{Path.GetFileName(images.Dom0Root)}",
        ];

    /// <summary>
    /// Starts the machine without anything in it, waiting for the state of a frozen host. Its memory is a private
    /// copy-on-write view of the frozen one, so one frozen host serves any number of labs.
    /// </summary>
    public static IReadOnlyList<string> Thaw(HostPlaces host, string memoryFile) =>
        [.. Machine(host, memoryFile, shared: false), "-incoming", "defer"];

    /// <summary>The name of a NIC in QEMU's machine protocol; 0 is eth0.</summary>
    public static string NicId(int index) => $"nic{index}";

    private static IEnumerable<string> Machine(HostPlaces host, string memoryFile, bool shared) =>
        [
            "-name",
            "xenvlan-lab-" + host.Name,
            // A thread for each of its processors would cost 3-5 % more, and labs side by side keep this machine busy anyway.
            "-accel",
            "tcg,thread=single",
            "-M",
            "pc,memory-backend=ram",
            "-cpu",
            Processor,
            "-smp",
            "2",
            "-m",
            MemorySize,
            "-nodefaults",
            "-no-user-config",
            "-display",
            "none",
            "-no-reboot",
            "-object",
            $"memory-backend-file,id=ram,size={MemorySize},mem-path={Comma(memoryFile)},share={(shared ? "on" : "off")}",
            "-chardev",
            $"socket,id=console,path={Comma(host.Console)},server=on,wait=off,logfile={Comma(host.ConsoleLog)},logappend=on",
            "-serial",
            "chardev:console",
            "-qmp",
            $"unix:{Comma(host.Qmp)},server=on,wait=off",
            // restrict=on: the hosts reach nothing but each other and whoever comes in through the forwarded ports.
            "-netdev",
            $"user,id=wire0,restrict=on,ipv6=off,hostfwd=tcp:127.0.0.1:{host.SshPort}-10.0.2.15:22,"
                + $"hostfwd=tcp:127.0.0.1:{host.OpenSshPort}-10.0.2.15:2222",
            "-netdev",
            Wire(host, 1),
            "-netdev",
            Wire(host, 2),
            .. Enumerable.Range(0, 3).SelectMany(index => Nic(host, index)),
        ];

    private static IEnumerable<string> Nic(HostPlaces host, int index) =>
        [
            "-device",
            $"virtio-net-pci,id={NicId(index)},netdev=wire{index},"
                + $"mac=52:54:00:{(int)host.Name[0]:x2}:00:0{index},romfile=,addr=0x{index + 4}",
        ];

    private static string Wire(HostPlaces host, int port) =>
        $"dgram,id=wire{port},local.type=unix,local.path={Comma(host.Wire(port))},"
        + $"remote.type=unix,remote.path={Comma(host.SwitchEnd(port))}";

    /// <summary>Text as a value in an option of QEMU's, where a comma stands between values.</summary>
    public static string Comma(string value) => value.Replace(",", ",,");
}
