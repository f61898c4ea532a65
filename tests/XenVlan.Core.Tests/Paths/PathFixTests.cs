using Shouldly;
using XenVlan.Discovery.Filters;
using XenVlan.Model;
using XenVlan.Paths.Filters;
using XenVlan.PowerShell.Running;
using Xunit;

namespace XenVlan.Tests.Paths;

public sealed class PathFixTests
{
    [Theory]
    [InlineData(
        "-A FORWARD -p icmp -m comment --comment \"$(reboot) it's\" -j DROP",
        "iptables -t filter -D FORWARD -p icmp -m comment --comment '$(reboot) it'\\''s' -j DROP"
    )]
    [InlineData("-A FORWARD -i eth1;reboot -j DROP", "iptables -t filter -D FORWARD -i 'eth1;reboot' -j DROP")]
    public void A_rule_is_deleted_by_words_that_a_shell_takes_as_they_are(string saved, string command)
    {
        var chains = new IptablesParser("iptables", "ip").Parse(["*filter", ":FORWARD ACCEPT [0:0]", saved, "COMMIT"]);

        FilterFix.Delete(chains[0].Rules[0]).Text.ShouldBe(command);
    }

    [Fact]
    public void A_rule_of_nftables_is_deleted_by_its_handle_and_a_policy_is_set()
    {
        var rule = new PacketFilterRule
        {
            Program = "nft",
            Family = "bridge",
            Table = "t",
            Chain = "f",
            Handle = 7,
            Text = "drop",
        };

        FilterFix.Delete(rule).Text.ShouldBe("nft delete rule bridge t f handle 7");
        FilterFix.Delete(rule with { IsPolicy = true, Handle = null }).Text.ShouldBe("nft 'chain bridge t f { policy accept; }'");
        FilterFix
            .Delete(rule with { Program = "ebtables", Table = "filter", Chain = "OUTPUT", IsPolicy = true })
            .Text.ShouldBe("ebtables -t filter -P OUTPUT ACCEPT");
    }

    [Theory]
    [InlineData("ftp-a", "ftp-a")]
    [InlineData("ftp a", "'ftp a'")]
    [InlineData("it's", "'it''s'")]
    [InlineData("-Force", "'-Force'")]
    [InlineData("$x", "'$x'")]
    public void Words_for_powershell_are_quoted(string text, string word) => PowerShellWording.Word(text).ShouldBe(word);
}
