using Shouldly;
using XenVlan.Model;
using XenVlan.Model.Json;
using XenVlan.PowerShell.Running;
using Xunit;

namespace XenVlan.Tests.Model;

/// <summary>What is to be done is data, and PowerShell's users read it as cmdlets.</summary>
public sealed class RemedyTests
{
    /// <summary>Each remedy there is, and its words in PowerShell.</summary>
    private static readonly (Remedy Remedy, string Words)[] All =
    [
        (new RunCommand("a", "ip link set dev eth1 up"), "On a: ip link set dev eth1 up"),
        (
            new SetDomainNic("a", "web", 1)
            {
                Bridge = "xenbr0",
                AllowedVlans = VlanSet.Parse("10,20-29"),
                NativeVlan = new VlanId(1),
                Mtu = 1504,
                TransmitChecksum = false,
            },
            "Set-XenDomainNic -HostName a -DomainName web -Index 1 -Bridge xenbr0 -AllowedVlans 10,20-29 -NativeVlan 1 -Mtu 1504 "
                + "-TransmitChecksumOffload $false"
        ),
        (
            new SetDomainNic("a", "o'brien; Stop-Computer", 0) { AccessVlan = new VlanId(10) },
            "Set-XenDomainNic -HostName a -DomainName 'o''brien; Stop-Computer' -Index 0 -AccessVlan 10"
        ),
        (new NewVlanInterface("b", "xenbr0", new VlanId(10)), "New-XenVlanInterface -HostName b -Parent xenbr0 -VlanId 10"),
        (
            new NewVlanInterface("b", "xenbr0", new VlanId(10), VlanProtocol.Dot1AD),
            "New-XenVlanInterface -HostName b -Parent xenbr0 -VlanId 10 -Protocol Dot1AD"
        ),
        (new RemoveVlanInterface("root@b:22", "eth1.10"), "Remove-XenVlanInterface -HostName 'root@b:22' -Name eth1.10"),
        (new ChangeOnlyWhatRuns(), "change only what runs: -Scope Running"),
        (new ListTransactions(), "Get-XenTransaction"),
        (new CarryAllVlans(), "all VLANs (-AllowedVlans all)"),
        (new CarryOneVlan(), "one (-AccessVlan)"),
    ];

    [Fact]
    public void PowerShell_words_every_remedy_as_it_is_typed_there()
    {
        All.Select(r => r.Remedy.GetType()).Distinct().ShouldBe(Kinds, ignoreOrder: true);
        foreach (var (remedy, words) in All)
            remedy.In(PowerShellWording.Instance).ShouldBe(words);
    }

    [Theory]
    [InlineData("it's", "'it''s'")]
    [InlineData("it\u2019s", "'it\u2019\u2019s'")]
    [InlineData("\u2018\u201a\u201b", "'\u2018\u2018\u201a\u201a\u201b\u201b'")]
    [InlineData("-Force", "'-Force'")]
    [InlineData("$(reboot)", "'$(reboot)'")]
    [InlineData("a`nb", "'a`nb'")]
    [InlineData("a b", "'a b'")]
    [InlineData("", "''")]
    [InlineData("xen1.example.org", "xen1.example.org")]
    public void A_word_of_a_host_is_one_word_to_PowerShell(string text, string word) => PowerShellWording.Word(text).ShouldBe(word);

    [Theory]
    [MemberData(nameof(MessageTests.Hostile), MemberType = typeof(MessageTests))]
    public void A_remedy_of_hostile_names_is_clean_in_every_message(string name)
    {
        foreach (
            var remedy in new Remedy[]
            {
                new RunCommand(name, name),
                new SetDomainNic(name, name, 0) { Bridge = name },
                new NewVlanInterface(name, name, new VlanId(1)),
                new RemoveVlanInterface(name, name),
            }
        )
        {
            var message = Message.Of($"{remedy}");
            MessageTests.CheckClean(message.ToString());
            MessageTests.CheckClean(message.ToString(PowerShellWording.Instance));
        }
    }

    [Fact]
    public void An_error_keeps_its_remedies_in_whatever_words()
    {
        var error = Errors.On("a", ErrorIds.NotSupported, $"No. Or {new ChangeOnlyWhatRuns()}.");

        error.Message.ShouldBe("No. Or change only what runs.");
        var worded = error.Worded(PowerShellWording.Instance);
        worded.Message.ShouldBe("No. Or change only what runs: -Scope Running.");
        (worded.ErrorId, worded.Target).ShouldBe((ErrorIds.NotSupported, "a"));
        worded.Remedies.ShouldBe([new ChangeOnlyWhatRuns()]);
    }

    [Fact]
    public void A_remedy_within_messages_within_messages_is_still_data()
    {
        var inner = Message.Of($"see it with {new ListTransactions()}");
        var message = Message.Of($"Wait, or {Message.List([inner, $"ask"], separator: ", or ")}.");

        message.Remedies.ShouldBe([new ListTransactions()]);
        message.ToString(PowerShellWording.Instance).ShouldBe("Wait, or see it with Get-XenTransaction, or ask.");
    }

    [Fact]
    public void A_result_has_its_fix_as_text_and_as_data()
    {
        var nic = new SetDomainNic("a", "web", 0) { Bridge = "xenbr0", AllowedVlans = VlanSet.Parse("10,20") };
        var result = new XenVlanPathResult
        {
            HostName = "a",
            Source = "a",
            Target = "b",
            HowToFix = $"{new RunCommand("a", "ip link set dev vif1.0 master xenbr0")} # to last: {nic}",
        }.Worded(PowerShellWording.Instance);

        result.Fix.ShouldBe(
            "On a: ip link set dev vif1.0 master xenbr0 # to last: Set-XenDomainNic -HostName a -DomainName web -Index 0 -Bridge xenbr0 "
                + "-AllowedVlans 10,20"
        );
        var json = XenVlanJson.Serialize(result);
        json.ShouldContain("\"kind\": \"setDomainNic\"");
        json.ShouldContain("\"allowedVlans\": \"10,20\"");
        json.ShouldContain("\"command\": \"ip link set dev vif1.0 master xenbr0\"");
    }

    /// <summary>The kinds of remedy there are.</summary>
    private static IEnumerable<Type> Kinds => typeof(Remedy).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(Remedy)));
}
