using System.Text;
using Shouldly;
using XenVlan.Model;
using XenVlan.Topology;
using XenVlan.Topology.Yaml;
using Xunit;

namespace XenVlan.Tests.Topology;

public sealed class TopologyFileTests : IDisposable
{
    private const string Valid = "apiVersion: xenvlan/v1\nhosts: { a: }\n";

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("xenvlan-");

    public void Dispose() => _directory.Delete(recursive: true);

    [Fact]
    public async Task A_document_has_the_name_of_its_file()
    {
        var path = Write(Encoding.UTF8.GetBytes(Valid));

        var document = await TopologyYaml.LoadAsync(path, TestContext.Current.CancellationToken);

        document.Name.ShouldBe(path);
        document.Hosts.ShouldHaveSingleItem().Name.ShouldBe("a");
    }

    [Fact]
    public async Task A_byte_order_mark_is_no_part_of_the_text()
    {
        var path = Write([0xef, 0xbb, 0xbf, .. Encoding.UTF8.GetBytes(Valid)]);

        var document = await TopologyYaml.LoadAsync(path, TestContext.Current.CancellationToken);

        document.Hosts.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_byte_that_is_not_UTF8_is_reported_where_it_is()
    {
        var path = Write([.. Encoding.UTF8.GetBytes("apiVersion: xenvlan/v1\nhosts: { kö"), 0xf6, .. "ln: }\n"u8]);

        var error = await LoadError(path);

        error.Message.ShouldBe($"{path}:2:12: The byte 0xf6 here is not UTF-8; a document must be UTF-8 text.");
    }

    [Fact]
    public async Task UTF16_is_told_from_other_bytes()
    {
        var path = Write([.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes(Valid)]);

        var error = await LoadError(path);

        error.Message.ShouldBe($"Document \"{path}\" cannot be read: it is UTF-16, and must be UTF-8.");
    }

    [Fact]
    public async Task A_binary_file_is_refused()
    {
        var path = Write([0x7f, .. "ELF"u8, 2, 1, 1, (byte)'\n', 0, 0]);

        var error = await LoadError(path);

        error.Message.ShouldBe($"{path}:2:1: Here is a NUL character: this is not text, or not UTF-8.");
    }

    [Fact]
    public async Task A_file_may_have_8_MiB_and_not_a_byte_more()
    {
        var text = Encoding.UTF8.GetBytes(Valid);
        byte[] largest = [.. text, .. Enumerable.Repeat((byte)'\n', TopologyDocument.MaximumBytes - text.Length)];

        (await TopologyYaml.LoadAsync(Write(largest), TestContext.Current.CancellationToken)).Hosts.ShouldHaveSingleItem();
        var path = Write([.. largest, (byte)'\n']);
        var error = await LoadError(path);

        error.Message.ShouldBe($"Document \"{path}\" cannot be read: it is larger than 8 MiB.");
    }

    [Fact]
    public void A_text_may_have_8_MiB_of_UTF8()
    {
        var text = "# " + new string('ö', TopologyDocument.MaximumBytes / 2) + "\n" + Valid;

        var error = Should.Throw<XenVlanException>(() => TopologyYaml.Parse(text, "x"));

        error.ErrorId.ShouldBe(ErrorIds.DocumentUnreadable);
        error.Message.ShouldBe("x:1:1: The document is larger than 8 MiB.");
    }

    [Fact]
    public async Task A_file_that_is_not_there_or_no_file_is_said_to_be_so()
    {
        var missing = Path.Combine(_directory.FullName, "missing", "site.yaml");

        (await LoadError(missing)).Message.ShouldBe($"Document \"{missing}\" cannot be read: there is no such file.");
        (await LoadError(_directory.FullName)).Message.ShouldBe($"Document \"{_directory.FullName}\" cannot be read: it is a directory.");
        (await LoadError("")).Message.ShouldStartWith("Document \"\" cannot be read: ");
        (await LoadError("a\0b")).Message.ShouldStartWith("Document \"a\\u0000b\" cannot be read: ");
    }

    [Fact]
    public async Task Reading_can_be_cancelled()
    {
        var path = Write(Encoding.UTF8.GetBytes(Valid));

        await Should.ThrowAsync<OperationCanceledException>(() => TopologyYaml.LoadAsync(path, new CancellationToken(canceled: true)));
    }

    private static async Task<XenVlanException> LoadError(string path)
    {
        var error = await Should.ThrowAsync<XenVlanException>(() => TopologyYaml.LoadAsync(path, TestContext.Current.CancellationToken));
        error.ErrorId.ShouldBe(ErrorIds.DocumentUnreadable);
        error.Target.ShouldBe(path);
        return error;
    }

    private string Write(byte[] bytes)
    {
        var path = Path.Combine(_directory.FullName, "site.yaml");
        File.WriteAllBytes(path, bytes);
        return path;
    }
}
