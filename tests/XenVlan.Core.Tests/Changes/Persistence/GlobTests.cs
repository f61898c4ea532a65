using Shouldly;
using XenVlan.Changes.Persistence.Files;
using Xunit;

namespace XenVlan.Tests.Changes.Persistence;

public sealed class GlobTests
{
    [Theory]
    [InlineData("vif*", "vif1.0", true)]
    [InlineData("vif*", "eth0", false)]
    [InlineData("*.1?", "eth0.10", true)]
    [InlineData("e[a-t]h[!1-9]", "eth0", true)]
    [InlineData("e[a-t]h[!1-9]", "eth1", false)]
    [InlineData("eth[z-a]", "eth0", false)]
    [InlineData("eth[0", "eth[0", true)]
    [InlineData("*a*b", "xaxbab", true)]
    [InlineData("", "", true)]
    [InlineData("**", "", true)]
    public void A_pattern_matches_as_in_the_shell(string pattern, string text, bool matches) =>
        Glob.Matches(pattern, text).ShouldBe(matches);

    [Theory]
    [InlineData("/etc/*/x", "/etc/a/x", true)]
    [InlineData("/etc/*", "/etc/a/x", false)]
    [InlineData("/etc/*", "/etc/.a", false)]
    [InlineData("/etc/?x", "/etc//x", false)]
    [InlineData("/etc/[!a]x", "/etc//x", false)]
    public void In_a_path_nothing_but_a_slash_matches_a_slash(string pattern, string text, bool matches) =>
        Glob.Matches(pattern, text, isPath: true).ShouldBe(matches);

    [Fact]
    public void A_pattern_of_any_length_is_an_answer_and_no_error()
    {
        var pattern = string.Concat(Enumerable.Repeat("a*", 20_000));

        Glob.Matches(pattern, new string('a', 20_000)).ShouldBeTrue();
        Glob.Matches(pattern + "b", new string('a', 2_000)).ShouldBeFalse();
    }
}
