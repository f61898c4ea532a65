using System.Diagnostics;
using System.Runtime.Versioning;
using Shouldly;
using XenVlan.Changes.Persistence.InitScript;
using Xunit;

namespace XenVlan.Tests.Changes.Persistence;

/// <summary>The init script, run by real shells with tools that note what they are asked and pretend to do it.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class SysVScriptTests : IDisposable
{
    private const string Interfaces = """
        # a comment
        vlan xenbr0.10 parent=xenbr0 id=10 mtu=1400 address=10.10.0.1/23 address=10.10.4.1/24 address=fd00::1/64
        bridge xenbr20 port=xenbr0.20 filtering=1 vlans=10,20-29 without=1

        vlan xenbr0.20 parent=xenbr0 id=20
        interface eth1 mtu=9000 vlans=30 untagged=5 pvid=5
        """;

    private static readonly string[] Tools = ["ip", "bridge", "vconfig", "ifconfig", "brctl", "id"];

    // $net is where interfaces are directories.
    private const string Ip = """
        echo "ip $*" >>"$log"
        case "$1 $2" in
            'link add')
                while [ "$1" != name ]; do shift; done
                mkdir -p "$net/$2"
                if [ "$4" = bridge ]; then mkdir "$net/$2/bridge" "$net/$2/brif"; : >"$net/$2/bridge/vlan_filtering"; fi ;;
            'link del') for port in "$net/$4/brif"/*; do rmdir "$net/${port##*/}/brport" 2>/dev/null; done; rm -r "${net:?}/$4" ;;
            'link set') if [ "$5" = master ]; then : >"$net/$6/brif/$4"; mkdir "$net/$4/brport"; fi ;;
        esac
        """;

    private const string Vconfig =
        "echo \"vconfig $*\" >>\"$log\"\ncase $1 in add) mkdir \"$net/$2.$3\" ;; rem) rm -r \"${net:?}/$2\" ;; esac\n";
    private const string Brctl =
        "echo \"brctl $*\" >>\"$log\"\ncase $1 in addbr) mkdir -p \"$net/$2/bridge\" \"$net/$2/brif\" ;; addif) : >\"$net/$2/brif/$3\"; "
        + "mkdir \"$net/$3/brport\" ;; delbr) for port in \"$net/$2/brif\"/*; do rmdir \"$net/${port##*/}/brport\"; done; rm -r "
        + "\"${net:?}/$2\"/*; rmdir \"$net/$2\" ;; esac\n";

    private readonly string _root = Directory.CreateTempSubdirectory("xenvlan-sysv").FullName;

    public static IEnumerable<TheoryDataRow<string>> Shells => ShellData.Of("/bin/sh", "/bin/dash", "/bin/bash", "/bin/busybox");

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Theory]
    [MemberData(nameof(Shells))]
    public void Starts_tells_and_stops_with_iproute2(string shell)
    {
        Prepare(Interfaces, ("ip", Ip), ("bridge", "echo \"bridge $*\" >>\"$log\""));

        Run(shell, "status").ShouldBe(3);
        Run(shell, "start").ShouldBe(0);
        Run(shell, "status").ShouldBe(0);
        File.Exists(At("lock", "network-vlan")).ShouldBeTrue();
        Log()
            .ShouldBe([
                "ip link add link xenbr0 name xenbr0.10 type vlan id 10",
                "ip link set dev xenbr0.10 mtu 1400",
                "ip link set dev xenbr0.10 up",
                "ip addr show dev xenbr0.10",
                "ip addr add 10.10.0.1/23 dev xenbr0.10",
                "ip addr show dev xenbr0.10",
                "ip addr add 10.10.4.1/24 dev xenbr0.10",
                "ip addr show dev xenbr0.10",
                "ip addr add fd00::1/64 dev xenbr0.10",
                "ip link add name xenbr20 type bridge",
                "ip link set dev xenbr20 up",
                "ip link add link xenbr0 name xenbr0.20 type vlan id 20",
                "ip link set dev xenbr0.20 up",
                "ip link set dev eth1 mtu 9000",
                "ip link set dev eth1 up",
                "ip link set dev xenbr0.20 master xenbr20",
                "ip link set dev xenbr0.20 up",
                "bridge vlan del dev xenbr20 vid 1 self",
                "bridge vlan add dev xenbr20 vid 10 self",
                "bridge vlan add dev xenbr20 vid 20-29 self",
                "bridge vlan add dev eth1 vid 30",
                "bridge vlan add dev eth1 vid 5 untagged",
                "bridge vlan add dev eth1 vid 5 pvid untagged",
            ]);
        File.ReadAllText(At("net", "xenbr20", "bridge", "vlan_filtering")).ShouldBe("1\n");

        Directory.Delete(At("net", "xenbr0.10"));
        Run(shell, "status").ShouldBe(2);
        Run(shell, "restart").ShouldBe(0);
        Run(shell, "stop").ShouldBe(0);
        Run(shell, "status").ShouldBe(3);
        Directory.GetDirectories(At("net")).Select(Path.GetFileName).ShouldBe(["eth1", "xenbr0"], ignoreOrder: true);
        Run(shell, "stop").ShouldBe(0);
    }

    [Theory]
    [MemberData(nameof(Shells))]
    public void Starts_and_stops_with_vconfig_ifconfig_and_brctl(string shell)
    {
        Prepare(
            "vlan xenbr0.10 parent=xenbr0 id=10 mtu=1400 address=10.10.0.1/23 address=10.10.4.1/24 address=fd00::1/64\nbridge br1 "
                + "port=xenbr0.10\n",
            ("vconfig", Vconfig),
            ("brctl", Brctl),
            ("ifconfig", "echo \"ifconfig $*\" >>\"$log\"")
        );

        Run(shell, "start").ShouldBe(0);
        Log()
            .ShouldBe([
                "vconfig set_name_type DEV_PLUS_VID_NO_PAD",
                "vconfig add xenbr0 10",
                "ifconfig xenbr0.10 mtu 1400",
                "ifconfig xenbr0.10 up",
                "ifconfig xenbr0.10 10.10.0.1 netmask 255.255.254.0",
                "ifconfig xenbr0.10:1 10.10.4.1 netmask 255.255.255.0",
                "ifconfig xenbr0.10",
                "ifconfig xenbr0.10 add fd00::1/64",
                "brctl addbr br1",
                "brctl stp br1 off",
                "brctl setfd br1 0",
                "ifconfig br1 up",
                "brctl addif br1 xenbr0.10",
                "ifconfig xenbr0.10 up",
            ]);

        File.Delete(At("log"));
        File.WriteAllText(At("net", "br1", "brif", "vif1.0"), "");
        Run(shell, "stop").ShouldBe(0);
        Directory.Exists(At("net", "br1")).ShouldBeTrue();
        Directory.Exists(At("net", "xenbr0.10")).ShouldBeTrue();
        File.Delete(At("net", "br1", "brif", "vif1.0"));
        Run(shell, "stop").ShouldBe(0);
        Log().ShouldBe(["ifconfig br1 down", "brctl delbr br1", "vconfig rem xenbr0.10"]);
    }

    [Theory]
    [MemberData(nameof(Shells))]
    public async Task Waits_for_a_bridge_that_another_script_is_still_making(string shell)
    {
        Prepare(
            "30",
            "vlan late0.10 parent=late0 id=10\ninterface late1 vlans=10\n",
            ("ip", Ip),
            ("bridge", "echo \"bridge $*\" >>\"$log\"")
        );
        var stop = TestContext.Current.CancellationToken;
        var started = Task.Run(() => Run(shell, "start"), stop);
        await Task.Delay(1500, stop);
        _ = Directory.CreateDirectory(At("net", "late0"));
        _ = Directory.CreateDirectory(At("net", "late1"));
        await Task.Delay(1500, stop);
        _ = Directory.CreateDirectory(At("net", "late1", "brport"));

        (await started).ShouldBe(0);
        Log().ShouldContain("ip link add link late0 name late0.10 type vlan id 10");
        Log()[^1].ShouldBe("bridge vlan add dev late1 vid 10");
    }

    [Theory]
    [MemberData(nameof(Shells))]
    public void Exit_codes_are_those_of_LSB(string shell)
    {
        Prepare("vlan nobr.10 parent=nobr id=10\n", ("ip", Ip));
        Run(shell, "start").ShouldBe(1);
        File.Exists(At("lock", "network-vlan")).ShouldBeFalse();
        Run(shell, "sing").ShouldBe(2);
        Run(shell).ShouldBe(2);
        File.Delete(At("vlans"));
        Run(shell, "start").ShouldBe(6);
        Run(shell, "status").ShouldBe(4);

        Prepare("vlan xenbr0.10 parent=xenbr0 id=10\n", ("other", ""));
        File.Delete(At("bin", "ip"));
        Run(shell, "start").ShouldBe(5);
    }

    private string At(params string[] names) => Path.Combine([_root, .. names]);

    private string[] Log() => File.ReadAllLines(At("log"));

    private void Prepare(string list, params (string Name, string Text)[] tools) => Prepare("0", list, tools);

    private void Prepare(string patience, string list, params (string Name, string Text)[] tools)
    {
        foreach (var directory in new[] { "bin", "lock", "net/xenbr0", "net/eth1" })
            Directory.CreateDirectory(At(directory));
        foreach (var (name, text) in tools)
            Write(At("bin", name), $"#!/bin/sh\nlog={At("log")} net={At("net")} PATH=/bin:/usr/bin\n{text}\n");
        Write(At("bin", "id"), "#!/bin/sh\necho 0\n");
        foreach (var real in new[] { "grep", "rm", "sleep" })
            if (!File.Exists(At("bin", real)))
                File.CreateSymbolicLink(At("bin", real), "/bin/" + real);
        File.WriteAllText(At("vlans"), list.ReplaceLineEndings("\n") + "\n");
        Write(
            At("script"),
            InitScriptBackend
                .Script.Replace("PATH=/sbin:/usr/sbin:/bin:/usr/bin", "PATH=" + At("bin"), StringComparison.Ordinal)
                .Replace("patience=60", "patience=" + patience, StringComparison.Ordinal)
                .Replace("/etc/xenvlan/vlans", At("vlans"), StringComparison.Ordinal)
                .Replace("/sys/class/net", At("net"), StringComparison.Ordinal)
                .Replace("/var/lock", At("lock"), StringComparison.Ordinal)
        );
    }

    private static void Write(string path, string text)
    {
        File.WriteAllText(path, text);
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    // busybox prefers its own applets to what is in PATH.
    private void UseTools()
    {
        var functions = string.Concat(Tools.Select(t => $"{t}() {{ \"{At("bin", t)}\" \"$@\"; }}\n"));
        var script = File.ReadAllText(At("script"));
        if (!script.Contains(functions, StringComparison.Ordinal))
            Write(At("script"), functions + script.Replace("command -v \"$1\"", $"[ -x \"{At("bin")}/$1\" ]", StringComparison.Ordinal));
    }

    private int Run(string shell, params string[] arguments)
    {
        var isBusybox = shell.EndsWith("busybox", StringComparison.Ordinal);
        if (isBusybox)
            UseTools();
        using var process = Process.Start(
            new ProcessStartInfo(shell, [.. isBusybox ? ["sh"] : Array.Empty<string>(), At("script"), .. arguments])
            {
                RedirectStandardError = true,
                RedirectStandardOutput = true,
                UseShellExecute = false,
            }
        )!;
        _ = process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode;
    }
}
