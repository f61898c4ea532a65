using Shouldly;
using XenVlan.Hosts;
using Xunit;

namespace XenVlan.Tests.Hosts;

public sealed class MarkedOutputTests
{
    [Fact]
    public async Task What_a_login_prints_is_no_part_of_the_output()
    {
        var output = await ReadAsync("Welcome!\nmark end 7 \nWe watch you.\n\nmark begin\nhello\n\nmark end 3\nlate\n");
        output.Text.ShouldBe("hello\n");
        output.ExitStatus.ShouldBe(3);
    }

    [Theory]
    [InlineData("")]
    [InlineData("no line feed at the end")]
    [InlineData("\n")]
    [InlineData("\n\n")]
    [InlineData("carriage\rreturns\r\nstay\r\n")]
    [InlineData("mark begin\nmark end x\nother end 0\n mark end 0\n")]
    public async Task The_output_is_kept_as_it_was_printed(string printed)
    {
        var output = await ReadAsync($"\nmark begin\n{printed}\nmark end 0\n");
        output.Text.ShouldBe(printed);
        output.ExitStatus.ShouldBe(0);
    }

    [Fact]
    public async Task A_stream_that_ends_early_has_no_exit_status()
    {
        var output = await ReadAsync("mark begin\nhalf a li");
        output.HasBegun.ShouldBeTrue();
        output.ExitStatus.ShouldBeNull();
        output.Text.ShouldBe("half a li\n");
    }

    [Fact]
    public async Task Lines_are_told_while_the_script_runs()
    {
        var lines = new List<string>();
        await new MarkedOutput("mark", 1000, lines.Add).ReadAsync(
            new StringReader("noise\nmark begin\na\nb\n\nmark end 0\n"),
            CancellationToken.None
        );
        lines.ShouldBe(["a", "b", ""]);
    }

    [Fact]
    public async Task An_endless_line_is_too_much_and_is_not_held()
    {
        var output = new MarkedOutput("mark", 100_000, null);
        await output.ReadAsync(new Endless(), CancellationToken.None);
        output.IsTooLarge.ShouldBeTrue();
        output.ExitStatus.ShouldBeNull();
    }

    [Theory]
    [InlineData("")]
    [InlineData("1")]
    public async Task The_last_words_are_those_behind_what_the_script_itself_printed(string noise)
    {
        var output = new MarkedOutput("mark", 500, null, drains: true);
        var mark = UniqueToken.New("xenvlan-");
        await output.ReadAsync(
            new StringReader(
                $"mark begin\nfirst\n{mark} begin host\n{string.Concat(Enumerable.Repeat($"sh: {noise}\n", 1000))}\n{mark} begin "
                    + $"files\n\nclient_loop: send disconnect: Broken pipe\r\n"
            ),
            CancellationToken.None
        );
        output.LastLines.ShouldBe("client_loop: send disconnect: Broken pipe");
    }

    [Fact]
    public async Task A_drained_stream_is_read_to_its_end_marker_however_much_there_is()
    {
        var output = new MarkedOutput("mark", 100, null, drains: true);
        await output.ReadAsync(
            new StringReader(new string('x', 50_000) + "\n" + string.Concat(Enumerable.Repeat("line\n", 10_000)) + "\nmark end 4\n"),
            CancellationToken.None
        );
        output.IsTooLarge.ShouldBeTrue();
        output.ExitStatus.ShouldBe(4);
        output.Text.Length.ShouldBeLessThan(101);
    }

    private static async Task<MarkedOutput> ReadAsync(string text)
    {
        var output = new MarkedOutput("mark", 1000, null);
        await output.ReadAsync(new StringReader(text), CancellationToken.None);
        return output;
    }

    private sealed class Endless : TextReader
    {
        public override ValueTask<int> ReadAsync(Memory<char> buffer, CancellationToken cancellationToken = default)
        {
            buffer.Span.Fill('x');
            return ValueTask.FromResult(buffer.Length);
        }
    }
}
