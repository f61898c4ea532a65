using XenVlan.Lab.Running;

namespace XenVlan.Lab.Disk;

/// <summary>The command line of the QEMU of a host with a disk. What is frozen can only be thawed by the very same machine.</summary>
internal static class DiskCommand
{
    private const string PlainMemory = "384M";
    private const string XenMemory = "1280M";

    private const string LinuxArguments = QemuCommand.QuickLinux + "net.ifnames=0 rdinit=/init systemd.show_status=no";

    /// <summary>Everything about the machine that a frozen host depends on, for the key of the cache.</summary>
    public static string MachineKey(DiskHost host) =>
        string.Join(' ', Machine(host, new HostPlaces("k", "/s", "/l", 1, 2), "/disk", "/ram", shared: true))
        + QemuCommand.XenArguments
        + LinuxArguments;

    /// <summary>The first boot, in which the host takes its network manager; with its memory in a file, to be frozen.</summary>
    public static IReadOnlyList<string> FirstBoot(DiskHost host, HostPlaces places, DiskImages images, string disk, string memoryFile) =>
        [
            .. Machine(host, places, disk, memoryFile, shared: true),
            .. Kernel(host, images, LinuxArguments + " lab.manager=" + host.ManagerName),
        ];

    /// <summary>Boots from a disk as it is.</summary>
    public static IReadOnlyList<string> Boot(DiskHost host, HostPlaces places, DiskImages images, string disk) =>
        [.. Machine(host, places, disk, memoryFile: null, shared: false), .. Kernel(host, images, LinuxArguments)];

    /// <summary>Starts the machine without anything in it, waiting for the state of a frozen host.</summary>
    public static IReadOnlyList<string> Thaw(DiskHost host, HostPlaces places, string disk, string memoryFile) =>
        [.. Machine(host, places, disk, memoryFile, shared: false), "-incoming", "defer"];

    // To be run in the images' directory: a module's path must hold no space, but that directory's may. Modules are
    // separated by commas, so a comma in their arguments is written twice.
    private static string[] Kernel(DiskHost host, DiskImages images, string arguments) =>
        host.Xen
            ?
            [
                "-kernel",
                Path.GetFileName(images.Xen),
                "-append",
                QemuCommand.XenArguments,
                "-initrd",
                $"{Path.GetFileName(images.Dom0Linux)} "
                    + $"{QemuCommand.Comma("console=hvc0 " + arguments)},{Path.GetFileName(images.InitialRoot)}",
            ]
            :
            [
                "-kernel",
                Path.GetFileName(images.PlainLinux),
                "-append",
                "console=ttyS0 " + arguments,
                "-initrd",
                Path.GetFileName(images.InitialRoot),
            ];

    private static IEnumerable<string> Machine(DiskHost host, HostPlaces places, string disk, string? memoryFile, bool shared)
    {
        var memory = host.Xen ? XenMemory : PlainMemory;
        return
        [
            "-name",
            "xenvlan-lab-" + DiskHost.Name,
            "-accel",
            "tcg,thread=multi",
            "-M",
            "pc,memory-backend=ram",
            "-cpu",
            QemuCommand.Processor,
            "-smp",
            "2",
            "-m",
            memory,
            "-nodefaults",
            "-no-user-config",
            "-display",
            "none",
            // A host that reboots ends its QEMU instead; it is started again, which is faster than a boot through the
            // firmware and takes no boot loader.
            "-no-reboot",
            "-object",
            memoryFile is null
                ? $"memory-backend-ram,id=ram,size={memory}"
                : $"memory-backend-file,id=ram,size={memory},mem-path={QemuCommand.Comma(memoryFile)},share={(shared ? "on" : "off")}",
            "-chardev",
            $"socket,id=console,path={QemuCommand.Comma(places.Console)},server=on,wait=off,"
                + $"logfile={QemuCommand.Comma(places.ConsoleLog)},logappend=on",
            "-serial",
            "chardev:console",
            "-qmp",
            $"unix:{QemuCommand.Comma(places.Qmp)},server=on,wait=off",
            "-drive",
            $"if=none,id=disk,format=qcow2,file={QemuCommand.Comma(disk)}",
            "-device",
            "virtio-blk-pci,drive=disk,addr=0x8",
            // restrict=on: the host reaches nothing, it is only reached through the forwarded port.
            "-netdev",
            $"user,id=wire0,restrict=on,ipv6=off,hostfwd=tcp:127.0.0.1:{places.SshPort}-10.0.2.15:22",
            // Cables that are plugged in, but lead to nobody.
            "-netdev",
            "hubport,id=wire1,hubid=1",
            "-netdev",
            "hubport,id=wire2,hubid=2",
            .. Enumerable
                .Range(0, 3)
                .SelectMany(index =>
                    (string[])
                        [
                            "-device",
                            $"virtio-net-pci,id={QemuCommand.NicId(index)},netdev=wire{index},"
                                + $"mac=52:54:00:dd:00:0{index},romfile=,addr=0x{index + 4}",
                        ]
                ),
        ];
    }
}
