using FsCheck;
using FsCheck.Fluent;
using Shouldly;
using XenVlan.Changes.Persistence.Domains;
using XenVlan.Model;
using XenVlan.Tests.Model;
using Xunit;

namespace XenVlan.Tests.Changes.Persistence.Domains;

public sealed class DomainConfigTests
{
    private static readonly string[] Keys = ["bridge", "mtu", "vlan"];
    private static readonly string[] AllKeys = [.. Keys, "mac", "ip"];

    [Fact]
    public void Changing_a_value_changes_nothing_else_and_back_is_as_before() =>
        Prop.ForAll(
                Files().ToArbitrary(),
                file =>
                {
                    var config = Parse(file.Text);
                    config.Text.ShouldBe(file.Text);
                    config.Name.ShouldBe("web");
                    config.Vifs.Select(v => v.Token.Value).ShouldBe(file.Vifs);
                    foreach (var vif in config.Vifs)
                    {
                        foreach (var key in Keys)
                        {
                            var changed = config.With(vif, key, "new0");

                            changed.Vifs.Select(v => v.Get(key)).ShouldBe(config.Vifs.Select(v => v == vif ? "new0" : v.Get(key)));
                            foreach (var other in AllKeys.Where(k => k != key))
                                changed.Vifs.Select(v => v.Get(other)).ShouldBe(config.Vifs.Select(v => v.Get(other)));
                            changed
                                .With(changed.Vifs[config.Vifs.ToList().IndexOf(vif)], key, vif.Get(key))
                                .Vifs.Select(v => v.Get(key))
                                .ShouldBe(config.Vifs.Select(v => v.Get(key)));
                            if (vif.Get(key) is { } value)
                                changed.With(changed.Vifs[config.Vifs.ToList().IndexOf(vif)], key, value).Text.ShouldBe(file.Text);
                        }
                    }
                }
            )
            .Holds();

    [Fact]
    public void Any_text_is_a_file_or_an_error_with_its_line() =>
        Prop.ForAll(
                Generators.Texts.ToArbitrary(),
                text =>
                {
                    foreach (var dialect in Enum.GetValues<ConfigDialect>())
                    {
                        try
                        {
                            _ = Parse("name='web'\nvif=['" + text, dialect);
                        }
                        catch (XenVlanException e)
                        {
                            e.ErrorId.ShouldBe(dialect is ConfigDialect.XL ? ErrorIds.ConfigurationInvalid : ErrorIds.NotSupported);
                            e.Message.ShouldMatch("^/etc/xen/web:[0-9]+: .*; .*[.]$");
                        }
                    }
                }
            )
            .Holds(300);

    [Theory]
    [InlineData("bridge=a", "mtu", "9", "bridge=a,mtu=9")]
    [InlineData("bridge=a,", "mtu", "9", "bridge=a,mtu=9")]
    [InlineData("", "mtu", "9", "mtu=9")]
    [InlineData("bridge=a,bridge=b", "bridge", "c", "bridge=a,bridge=c")]
    [InlineData("xbridge=a, bridge=b ,ip=1", "bridge", "c", "xbridge=a, bridge=c,ip=1")]
    [InlineData("vlan=1,ip=1", "vlan", null, "ip=1")]
    [InlineData("ip=1,vlan=1", "vlan", null, "ip=1")]
    [InlineData("ip=1, vlan=1,trusted", "vlan", null, "ip=1,trusted")]
    [InlineData("vlan=1", "vlan", null, "")]
    [InlineData("ip=1", "vlan", null, "ip=1")]
    public void One_key_of_a_nic_changes(string before, string key, string? value, string after)
    {
        var config = Parse($"name = \"web\"\nvif = [ \"{before}\" ]\n");

        config.With(config.Vifs[0], key, value).Vifs[0].Token.Value.ShouldBe(after);
    }

    [Fact]
    public void Later_assignments_count_and_lists_are_added_to()
    {
        var config = Parse("name='x'; vif=['ip=0']\nvif=['ip=1']\nname=\"web\"\nvif += [ 'ip=2', # one\n\n ]");

        config.Name.ShouldBe("web");
        config.Vifs.Select(v => (v.Index, v.Get("ip"))).ShouldBe([(0, "1"), (1, "2")]);
    }

    [Fact]
    public void A_nic_may_ask_for_its_number()
    {
        Parse("name='web'\nvif=['devid=3','ip=1','ip=2']\n").Vifs.Select(v => v.Index).ShouldBe([3, 0, 1]);
        Parse("name='web'\nvif=['devid=3','ip=1','ip=2']\n", ConfigDialect.XM).Vifs.Select(v => v.Index).ShouldBe([0, 1, 2]);
    }

    [Fact]
    public void What_is_not_well_formed_is_named_with_its_line()
    {
        (string Name, string Text, ConfigDialect Dialect)[] files =
        [
            ("no quotes", "name=web\n", ConfigDialect.XL),
            ("no quotes in the list", "name='web'\nvif=[ bridge=xenbr0 ]\n", ConfigDialect.XL),
            ("no comma", "name='web'\nvif=[ 'ip=1'\n 'ip=2' ]\n", ConfigDialect.XL),
            ("no end of list", "name='web'\nvif=[ 'ip=1',\n", ConfigDialect.XL),
            ("no end of text", "name='web'\nvif=[ 'ip=1 ]\n", ConfigDialect.XL),
            ("backslash at the end", "name='web'\nvif=[ 'ip=1\\", ConfigDialect.XL),
            ("no value", "name='web'\nvif=\n", ConfigDialect.XL),
            ("no assignment", "name='web'\nvif\n", ConfigDialect.XL),
            ("two in a line", "name='web' memory=1\n", ConfigDialect.XL),
            ("no list", "name='web'\nvif='bridge=xenbr0'\n", ConfigDialect.XL),
            ("a list in the list", "name='web'\nvif=[\n ['bridge=xenbr0'] ]\n", ConfigDialect.XL),
            ("CR LF", "# web\r\nname='web'\r\n", ConfigDialect.XL),
            ("a control character", "name='web'\n\u001b[2J\n", ConfigDialect.XL),
            ("Python in xl", "name='web'\nvif=['bridge=' + 'xenbr0']\n", ConfigDialect.XL),
            ("import", "import os\nname='web'\n", ConfigDialect.XM),
            ("if", "name='web'\nif True:\n  vif=['']\n", ConfigDialect.XM),
            ("sum", "name='web'\nvif=['bridge=' + 'xenbr0']\n", ConfigDialect.XM),
            ("format", "name='web'\nvif=['bridge=%s' % 'xenbr0']\n", ConfigDialect.XM),
            ("long text", "name='web'\nextra=\"\"\"a\nb\"\"\"\n", ConfigDialect.XM),
        ];
        var errors = files.Select(f => $"{f.Name}: {Should.Throw<XenVlanException>(() => Parse(f.Text, f.Dialect)).Message}");

        Golden.Verify(string.Join('\n', errors), "Changes/Persistence/Domains/Golden/malformed");
    }

    private static DomainConfig Parse(string text, ConfigDialect dialect = ConfigDialect.XL) =>
        DomainConfig.Parse(new ConfigSource("a", "/etc/xen/web", text, dialect));

    private static Gen<(string Text, string[] Vifs)> Files()
    {
        var pair = Gen.Elements(
            "mac=00:16:3e:00:00:01",
            "bridge=xenbr0",
            " bridge=eth0",
            "mtu=1400",
            "vlan=10p/20",
            "trusted",
            "ip=1 2",
            "script=x",
            "xmtu=1",
            ""
        );
        var vif = pair.ListOf().Select(p => string.Join(',', p));
        var gap = Gen.Elements("", " ", "\t", "\n", " # 'no'\n", "\n\n  ");
        var item =
            from text in vif
            from quote in Gen.Elements('\'', '"')
            from before in gap
            from after in gap
            select (Text: text, Shown: $"{before}{quote}{text}{quote}{after}");
        var other = Gen.Elements(
            "",
            "# vif = [ 'bridge=no' ]\n",
            "memory = 128; vcpus=1\n",
            "disk = [ 'phy:a,b,w', ]\n\n",
            "extra = \"it's \\\"so\\\"\" # \"\n",
            "vif2 = []\n"
        );
        return from first in other
            from items in item.ListOf()
            from comma in Gen.Elements("", ",", ",\n")
            from last in other
            let list = string.Join(',', items.Select(i => i.Shown)) + (items.Count == 0 ? "" : comma)
            select ($"{first}name = 'web'\n{first}vif=[{list}]\n{last}", items.Select(i => i.Text).ToArray());
    }
}
