using Shouldly;
using XenVlan.ModelCheck;
using Xunit;

namespace XenVlan.Lab.Tests;

/// <summary>The path model against a real kernel. <c>./build.sh model-check</c> does the same with many more topologies.</summary>
[Collection(Lanes.SharedHosts)]
public sealed class ModelCheckTests
{
    private const int Topologies = 12;

    [Fact]
    public async Task The_model_says_of_random_networks_what_the_kernel_does()
    {
        var frames = Environment.GetEnvironmentVariable("XENVLAN_FRAMES");
        Assert.SkipWhen(
            frames is null,
            "XENVLAN_FRAMES does not name the native frames; 'sh tests/native.sh tests/XenVlan.Frames/XenVlan.Frames.csproj' makes it."
        );
        var stop = TestContext.Current.CancellationToken;
        await using var host = await CheckHost.UpAsync(null, frames!, new Progress<string>(Console.Error.WriteLine), stop);
        var summary = new CheckSummary(isDetailed: false);

        await CheckRun.RunAsync(host, Enumerable.Range(1, Topologies), summary.Add, stop);

        summary.Print(Console.Out);
        summary.Failed.ShouldBe(0);
        summary.Reachable.ShouldBeGreaterThan(0);
    }
}
