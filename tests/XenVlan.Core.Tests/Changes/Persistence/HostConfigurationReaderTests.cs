using System.Globalization;
using System.Runtime.Versioning;
using Shouldly;
using XenVlan.Changes.Persistence;
using XenVlan.Changes.Persistence.Files;
using XenVlan.Model;
using XenVlan.Tests.Discovery;
using XenVlan.Tests.Hosts;
using Xunit;

namespace XenVlan.Tests.Changes.Persistence;

[UnsupportedOSPlatform("windows")]
public sealed class HostConfigurationReaderTests : IDisposable
{
    private readonly string _home = Directory.CreateTempSubdirectory("xenvlan-configuration").FullName;

    public static TheoryData<string> Shells => ["dash", "bash --posix", "busybox sh"];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_home, recursive: true);

    [Theory]
    [MemberData(nameof(Shells))]
    public async Task Every_byte_of_every_file_is_read(string shell)
    {
        var random = new Random(10);
        var written = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["empty"] = "",
            ["no line feed at the end"] = "a\r\nb",
            ["zeros"] = "\0\0",
        };
        for (var i = 0; i < 250; i++)
        {
            var bytes = new byte[random.Next(40)];
            random.NextBytes(bytes);
            written[string.Create(CultureInfo.InvariantCulture, $"file-{i}")] = string.Concat(bytes.Select(b => (char)b));
        }

        foreach (var (name, content) in written)
            await File.WriteAllBytesAsync(Path.Combine(_home, name), [.. content.Select(c => (byte)c)], Stop);

        var read = await ReadAsync(shell);
        read.Files.ToDictionary(f => Path.GetFileName(f.Path), f => f.Content, StringComparer.Ordinal).ShouldBe(written, ignoreOrder: true);
        read.Directories.ShouldBe([_home]);
        read.Unreadable.ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Shells))]
    public async Task Links_are_read_with_what_they_lead_to_even_to_nothing(string shell)
    {
        await File.WriteAllTextAsync(Path.Combine(_home, "file"), "text\n", Stop);
        _ = File.CreateSymbolicLink(Path.Combine(_home, "good"), "file");
        _ = File.CreateSymbolicLink(Path.Combine(_home, "lost"), "no such file");

        var read = await ReadAsync(shell);
        read.Files.ShouldBe(
            [
                new HostFile(Path.Combine(_home, "file"), "text\n"),
                new HostFile(Path.Combine(_home, "good"), "text\n", "file"),
                new HostFile(Path.Combine(_home, "lost"), "", "no such file"),
            ],
            ignoreOrder: true
        );
    }

    [Fact]
    public async Task A_name_of_several_lines_is_nobodys_configuration()
    {
        await File.WriteAllTextAsync(Path.Combine(_home, "one\ntwo"), "text\n", Stop);
        (await ReadAsync("sh")).Files.ShouldBeEmpty();
    }

    [Fact]
    public void A_file_that_grows_while_it_is_read_is_read_again()
    {
        const string Same = "m file /a\nm file /b\nm sizes\n 1 /a\n 2 /b\n 3 total\nm bytes\n 61 62 63\nm end\n";
        var read = new HostConfigurationParser("m").Parse(Same).ShouldNotBeNull();
        read.Files.ShouldBe([new HostFile("/a", "a"), new HostFile("/b", "bc")]);
        new HostConfigurationParser("m").Parse(Same.Replace("63", "63 64", StringComparison.Ordinal)).ShouldBeNull();
        new HostConfigurationParser("m").Parse(Same.Replace(" 1 /a\n", "", StringComparison.Ordinal)).ShouldBeNull();
    }

    [Theory]
    [InlineData("M")]
    [InlineData("m")]
    [InlineData("494")]
    [InlineData("m file /a\nm sizes\n 1 /a\nm bytes\n -1\nm end")]
    [InlineData("m what /a")]
    public void What_is_no_configuration_is_said_to_be_none(string printed) =>
        Should.Throw<FormatException>(() => new HostConfigurationParser("m").Parse(printed)).Message.ShouldStartWith("its shell printed ");

    [Fact]
    public void Sizes_that_no_file_has_are_a_change_meanwhile() =>
        new HostConfigurationParser("m")
            .Parse("m file /a\nm file /b\nm sizes\n 2147483647 /a\n 2147483647 /b\n 1 total\nm bytes\n 61\nm end\n")
            .ShouldBeNull();

    [Theory]
    [MemberData(nameof(Shells))]
    public async Task A_file_that_is_too_large_or_none_at_all_is_not_read_but_named(string shell)
    {
        await File.WriteAllTextAsync(Path.Combine(_home, "file"), "text\n", Stop);
        await File.WriteAllBytesAsync(Path.Combine(_home, "full"), new byte[HostConfigurationReader.LargestFile], Stop);
        using (var sparse = File.Create(Path.Combine(_home, "large")))
            sparse.SetLength(20L * 1024 * 1024 * 1024);
        _ = File.CreateSymbolicLink(Path.Combine(_home, "log"), "/proc/kmsg");
        _ = File.CreateSymbolicLink(Path.Combine(_home, "zero"), "/dev/zero");

        var read = await ReadAsync(shell).WaitAsync(TimeSpan.FromSeconds(60), Stop);
        string Named(string name) => Path.Combine(_home, name);
        read.Files.Select(f => f.Path).ShouldBe([Named("file"), Named("full"), Named("zero")], ignoreOrder: true);
        read.Unreadable.ShouldBe([Named("large"), Named("log")], ignoreOrder: true);

        var planning = new FilePlanBuilder(new ProbeText().Build(), read);
        Should
            .Throw<XenVlanException>(() => planning.Read(Named("large")))
            .Message.ShouldBe(
                $"\"{Named("large")}\" of host \"a\" was not read, because it is larger than 1024 KiB, which no configuration is, so it is "
                    + $"not changed. Put it right, or change only what runs."
            );
        Should.Throw<XenVlanException>(() => planning.Read(Named("log"))).Message.ShouldContain("something of the kernel's");
        planning.Read(Named("file")).ShouldBe("text\n");
    }

    [Theory]
    [MemberData(nameof(Shells))]
    public async Task Files_that_are_too_much_together_are_not_read_and_the_largest_are_named(string shell)
    {
        var most = HostConfigurationReader.LargestTotal;
        for (var i = 0; i < 250; i++)
            await File.WriteAllBytesAsync(
                Path.Combine(_home, string.Create(CultureInfo.InvariantCulture, $"file-{i}")),
                new byte[(most / 250) + (i == 107 ? 9000 : 0)],
                Stop
            );
        await File.WriteAllBytesAsync(Path.Combine(_home, "z"), new byte[most / 250 * 2], Stop);

        var error = await Should.ThrowAsync<XenVlanException>(() => ReadAsync(shell));

        error.ErrorId.ShouldBe(ErrorIds.ConfigurationUnreadable);
        var sum = (most / 250 * 252) + 9000;
        error.Message.ShouldStartWith(
            string.Create(
                CultureInfo.InvariantCulture,
                $"The configuration files of host \"{Environment.MachineName}\" are {sum} bytes together, 251 of them, and no more "
                    + $"than {most} are read. The largest: {_home}/z ({most / 250 * 2} bytes), {_home}/file-107 ({(most / 250) + 9000} "
                    + $"bytes), "
            )
        );
        error.Remedies.ShouldBe([new ChangeOnlyWhatRuns()]);
    }

    [Theory]
    [MemberData(nameof(Shells))]
    public async Task As_much_as_may_be_is_read(string shell)
    {
        var one = HostConfigurationReader.LargestFile;
        for (var i = 0; i < HostConfigurationReader.LargestTotal / one; i++)
            await File.WriteAllBytesAsync(
                Path.Combine(_home, string.Create(CultureInfo.InvariantCulture, $"file-{i}")),
                [.. Enumerable.Repeat((byte)('0' + i), one)],
                Stop
            );

        (await ReadAsync(shell))
            .Files.Select(f => f.Content)
            .ShouldBe(Enumerable.Range(0, HostConfigurationReader.LargestTotal / one).Select(i => new string((char)('0' + i), one)));
    }

    [Theory]
    [InlineData("m file /a\n 61\n")]
    [InlineData("m file /a\nm sizes\n 1 /a\nm bytes\nm file /b\n 61 62\nm end\n")]
    [InlineData("m file /a\nm sizes\n 1 /a\nm bytes\n 61 62\nm end\n")]
    [InlineData("m file /a\nm sizes\n 2 /a\nm bytes\n 61\nm sizes\n 2 /a\nm bytes\n 61\nm end\n")]
    public void What_does_not_go_together_is_a_change_meanwhile(string printed) =>
        new HostConfigurationParser("m").Parse(printed).ShouldBeNull();

    [Theory]
    [InlineData(1, 2)]
    [InlineData(2, 3)]
    public async Task A_host_whose_files_come_to_rest_is_read_in_the_end(int growing, int scripts)
    {
        var connection = await GrowingAsync(growing);

        (await ReadAsync(connection))
            .Files.ShouldHaveSingleItem()
            .Content.ShouldBe("text\n" + string.Concat(Enumerable.Repeat("more\n", growing)));
        connection.ScriptsRun.ShouldBe(scripts);
    }

    [Fact]
    public async Task A_host_whose_files_do_not_come_to_rest_is_a_conflict()
    {
        var connection = await GrowingAsync(100);

        (await Should.ThrowAsync<XenVlanException>(() => ReadAsync(connection))).ErrorId.ShouldBe(ErrorIds.ConfigurationConflict);
        connection.ScriptsRun.ShouldBe(3);
    }

    // A wc after which the file grows, so many times.
    private async Task<ShellConnection> GrowingAsync(int times)
    {
        await File.WriteAllTextAsync(Path.Combine(_home, "file"), "text\n", Stop);
        var wc = Path.Combine(Directory.CreateDirectory(Path.Combine(_home, "programs")).FullName, "wc");
        await File.WriteAllTextAsync(
            wc,
            $"#!/bin/sh\n/usr/bin/wc \"$@\"\nif [ \"$(/usr/bin/wc -l < \"$2\")\" -le {times.ToString(CultureInfo.InvariantCulture)} ]; "
                + $"then echo more >> \"$2\"; fi\n",
            Stop
        );
        File.SetUnixFileMode(wc, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        return new ShellConnection("sh", Path.GetDirectoryName(wc));
    }

    private Task<HostConfiguration> ReadAsync(string shell)
    {
        Assert.SkipUnless(ShellCommandTests.IsInstalled(shell.Split(' ')[0]), $"{shell} is not installed here.");
        return ReadAsync(new ShellConnection(shell));
    }

    private Task<HostConfiguration> ReadAsync(ShellConnection connection) =>
        HostConfigurationReader.ReadAsync(connection, [_home, _home + "/none"], [_home + "/*"], Stop);

    [Fact]
    public void No_room_is_made_for_a_file_that_was_not_measured()
    {
        const string printed = "m file /a\nm file /b\nm sizes\n1 /a\n1 /b\n202222222 total\nm bytes\n61\nm file /c\n62\nm end\n";
        var before = GC.GetAllocatedBytesForCurrentThread();

        new HostConfigurationParser("m").Parse(printed).ShouldBeNull();
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(1_000_000);
    }
}
