using Shouldly;
using Xunit;
using XenVlan.Discovery;
using XenVlan.Hosts;

namespace XenVlan.Tests.Discovery;

public sealed class LocalProbeTests
{
    [Fact]
    public async Task Temp()
    {
        await using var c = new HostConnector();
        await using var h = c.Connect(HostTarget.Local, SshSettings.Default);
        var mark = "mark";
        var r = await h.RunAsync(ProbeScript.Build(mark), ScriptOptions.Reading, TestContext.Current.CancellationToken);
        Console.WriteLine(r.ExitStatus + r.Output + "\nERR\n" + r.ErrorOutput);
        var s = await HostReader.ReadAsync(h, TestContext.Current.CancellationToken);
        Console.WriteLine(s);
        foreach (var i in s.Interfaces) Console.WriteLine(i + " " + string.Join(' ', i.Addresses));
        foreach (var i in s.NotSeen) Console.WriteLine(i);
        s.Interfaces.Count.ShouldBeGreaterThan(0);
    }
}
