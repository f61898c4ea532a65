using Shouldly;
using XenVlan.Discovery.Filters;
using XenVlan.Discovery.Probe;
using XenVlan.Model;
using Xunit;

namespace XenVlan.Tests.Discovery;

public sealed class NftJsonTests
{
    private const string Easy = "packet-filters-debian-12";
    private const string Hard = "nft-1.0.6";

    private const string Mark = "xenvlan-0123456789ABCDEF";
    private const string Bridge = """{"table": {"family": "bridge", "name": "t", "handle": 5}}""";
    private const string Chain = """
        {"chain": {"family": "bridge", "table": "t", "name": "f", "handle": 1,
        "type": "filter", "hook": "forward", "prio": 0, "policy": "accept"}}
        """;

    private static readonly string[] BridgeText =
    [
        "table bridge t { # handle 5",
        "chain f { # handle 1",
        "type filter hook forward priority filter; policy accept;",
        "vlan id 10 counter packets 1 bytes 60 drop # handle 2",
        "}",
        "}",
    ];

    // Named verdict maps are read from the JSON alone. A counter's name says nothing; the text's reader does not know the word.
    private static readonly (string Rule, string Text, string Json)[] OnlyInJson =
    [
        ("iifname vmap @byport", "Other Unknown", "InPort=eth1 Accept; InPort=vif1.0 Jump:sub; InPort=vif2* Drop"),
        ("udp dport vmap @bycounted", "Protocol=udp Other Unknown", "Protocol=udp Port=80 Goto:sub; Protocol=udp Port=33434 Drop"),
        ("counter name \"seen\" drop", "Other Drop", "Drop"),
    ];

    [Fact]
    public void The_json_of_a_ruleset_says_what_its_text_says()
    {
        var listing = NftParser.List(Recorded.Lines("nft-a-list-ruleset", Easy));

        var chains = Json(Recorded.Lines("nft-j-a-list-ruleset", Easy), listing);

        chains.SelectMany(Described).ShouldBe(listing.Read().SelectMany(Described));
    }

    [Fact]
    public void Where_the_json_says_more_than_the_text_is_known()
    {
        var listing = NftParser.List(Recorded.Lines("nft-a-list-ruleset", Hard));

        var chains = Json(Recorded.Lines("nft-j-a-list-ruleset", Hard), listing);

        var fromText = listing.Read();
        chains.Select(Head).ShouldBe(fromText.Select(Head));
        var different = fromText
            .Zip(chains)
            .SelectMany(c => Rules(c.First).Zip(Rules(c.Second)))
            .Where(r => r.First != r.Second)
            .Select(r => (r.First.Rule, r.First.Meaning, r.Second.Meaning));
        different.ShouldBe(OnlyInJson);
    }

    // The forms of other versions, and what needs modules that the recorded hosts do not have.
    [Theory]
    [InlineData("""{"xt": null}, {"drop": null}""", "Other Drop")]
    [InlineData("""{"xt": {"type": "target", "name": "REDIRECT"}}""", "Other Unknown")]
    [InlineData("\"xt target REDIRECT\"", "Other Unknown")]
    [InlineData("""{"queue": {"num": 3, "flags": "bypass"}}""", "Unknown")]
    [InlineData("""{"queue": null}""", "Unknown")]
    [InlineData("""{"synproxy": {"mss": 1460, "flags": ["timestamp", "sack-perm"]}}""", "Other Unknown")]
    [InlineData("""{"fwd": {"dev": "eth1"}}""", "Other Unknown")]
    [InlineData("""{"something of tomorrow": null}""", "Other Unknown")]
    [InlineData("""{"something of tomorrow": null}, {"accept": null}""", "Other Accept")]
    [InlineData("""{"match": null, "drop": null}""", "Other Unknown")]
    [InlineData("""{"match": null}, {"drop": null}""", "Other Drop")]
    [InlineData("""{"counter": null}, {"log": null}, {"last": {"used": 5}}, {"secmark": "x"}, {"drop": null}""", "Drop")]
    [InlineData("""{"ct helper": "ftp"}, {"accept": null}""", "Accept")]
    [InlineData("""{"jump": {}}""", "Unknown")]
    [InlineData("""{"reject": null}""", "Drop")]
    [InlineData("""{"reject": {"type": "icmpx", "expr": "port-unreachable"}}""", "Drop")]
    [InlineData("""{"flow": {"op": "add", "flowtable": "@x"}}""", "Other Continue")]
    [InlineData("""{"dnat": {"addr": "10.0.0.1", "family": "ip6"}}""", "Other Payload=ip6 Unknown")]
    [InlineData("""{"masquerade": null}, {"drop": null}""", "Accept")]
    [InlineData("""{"snat": {"addr": "10.0.0.1", "family": "ip6"}}""", "Payload=ip6 Accept")]
    [InlineData("""{"mangle": {"key": {"meta": {"key": "mark"}}, "value": {"ct": {"key": "mark"}}}}, {"drop": null}""", "Other Drop")]
    [InlineData("""{"mangle": {"key": {"meta": {"key": "mark"}}, "value": 3}}, {"drop": null}""", "Drop")]
    public void A_statement_that_is_not_understood_may_decide(string statements, string meaning) =>
        Meanings(statements).ShouldBe([meaning]);

    [Theory]
    [InlineData("==", "meta ibrname", "\"xenbr0\"", "Bridge=xenbr0")]
    [InlineData("!=", "meta obrname", """{"set": ["xenbr1", "br*"]}""", "Bridge!=xenbr1,br*")]
    [InlineData("==", "meta iifname", "\"vif\\\\*\"", "Other")]
    [InlineData("==", "meta iifname", "\"@unknown\"", "Other")]
    [InlineData("==", "meta iifname", """{"set": []}""", "InPort")]
    [InlineData("==", "meta iifname", "null", "Other")]
    [InlineData("in", "ct state", """["established", "related"]""", "State=established,related")]
    [InlineData("in", "ct state", "\"new\"", "State=new")]
    [InlineData("==", "ct state", """["established", "related"]""", "Other")]
    [InlineData("!", "ct state", "\"new\"", "Other")]
    [InlineData("in", "ct state", """{"|": ["established", "related"]}""", "Other")]
    [InlineData("in", "ct state", "8", "Other")]
    [InlineData("==", """{"ct": {"key": "state", "dir": "original"}}""", "\"new\"", "Other")]
    [InlineData("==", "vlan id", """{"set": [1, {"range": [3, 5]}, {"elem": {"val": 7}}]}""", "Vlan=1,3-5,7")]
    [InlineData("==", "vlan id", """{"set": [1, "*"]}""", "Other")]
    [InlineData("==", "vlan id", """{"set": [1, {"range": [3]}]}""", "Other")]
    [InlineData("<", "vlan id", "5", "Other")]
    [InlineData("==", """{"&": [{"payload": {"protocol": "ip", "field": "saddr"}}, 255]}""", "\"10.0.0.0\"", "Payload=ip Other")]
    [InlineData("==", "ip saddr", """{"prefix": {"addr": "10.0.0.0", "len": 8}}""", "Payload=ip Source=10.0.0.0/8")]
    [InlineData("==", "ether type", "34984", "EtherType=0x88a8")]
    [InlineData("==", "ether type", """{"set": ["vlan", 2048]}""", "EtherType=vlan,ip")]
    [InlineData("==", "ether type", """{"range": [1, 34984]}""", "Other")]
    [InlineData("==", """{"payload": {"base": "ll", "offset": 0, "len": 16}}""", "4660", "Other")]
    [InlineData("==", "arp saddr ip", "\"10.0.0.1\"", "Payload=arp Source=10.0.0.1")]
    [InlineData("==", "icmpv6 type", "\"echo-request\"", "Protocol=icmpv6 IcmpType=128")]
    [InlineData("==", "icmp type", "\"echo-request\"", "Protocol=icmp IcmpType=8")]
    [InlineData("==", "tcp dport", "\"ssh\"", "Protocol=tcp Other")]
    [InlineData("==", "meta l4proto", """{"range": [1, 17]}""", "Other")]
    public void Conditions_are_those_that_the_text_has(string op, string left, string right, string meaning) =>
        Meanings(Match(op, left, right) + """, {"drop": null}""").ShouldBe([$"{meaning} Drop"]);

    [Theory]
    [InlineData("""{"set": [[1, {"drop": null}], [{"range": [2, 4]}, {"jump": {"target": "x"}}]]}""", "Vlan=1 Drop", "Vlan=2-4 Jump:x")]
    [InlineData("""{"set": [["*", {"drop": null}], [{"concat": [1, 2]}, {"accept": null}]]}""", "Other Drop", "Other Accept")]
    [InlineData("""{"set": [[1, {"drop": null, "x": 1}], [2, "drop"]]}""", "Vlan=1 Unknown", "Vlan=2 Unknown")]
    [InlineData("""{"set": [[1]]}""", "Other Unknown")]
    [InlineData("""{"set": []}""")]
    [InlineData("\"@named\"", "Vlan=7 Drop")]
    [InlineData("\"@empty\"", "Other Unknown")]
    [InlineData("\"@unknown\"", "Other Unknown")]
    [InlineData("null", "Other Unknown")]
    public void A_verdict_map_is_a_rule_for_each_of_its_elements(string data, params string[] meanings) =>
        Meanings(
                """{"vmap": {"key": {"payload": {"protocol": "vlan", "field": "id"}}, "data": """ + data + "}}",
                Named("map", "named", """ "map": "verdict", "elem": [[7, {"drop": null}]]"""),
                Named("map", "empty", """ "map": "verdict", "flags": "timeout" """)
            )
            .ShouldBe(meanings);

    [Fact]
    public void A_set_without_elements_may_get_some()
    {
        var set = Named("set", "s", """ "flags": ["dynamic"]""");

        Meanings(Match("==", "meta iifname", "\"@s\"") + """, {"drop": null}""", set).ShouldBe(["Other Drop"]);
    }

    [Fact]
    public void A_rule_is_quoted_as_nft_shows_it()
    {
        var rule = Rule(Json([Of(Bridge, Chain, Drop(2))], NftParser.List(BridgeText)));

        rule.Text.ShouldBe("vlan id 10 counter packets 1 bytes 60 drop");
        rule.Handle.ShouldBe(2);
    }

    // A rule was added between the two readings, or the table was made anew and its numbers begin again.
    [Theory]
    [InlineData(5, 3)]
    [InlineData(6, 2)]
    public void A_rule_whose_text_is_not_known_is_named_by_its_handle(int table, int handle)
    {
        var json = Of(Bridge.Replace("5}", $"{table}}}", StringComparison.Ordinal), Chain, Drop(handle));

        var rule = Rule(Json([json], NftParser.List(BridgeText)));

        rule.Text.ShouldBe($"rule of handle {handle}: match, udp checksum set 0, notrack, drop");
        Meaning(rule).ShouldBe("Vlan=10 Protocol=udp Other Drop");
    }

    // ebtables on top of nftables: its matches are names alone in the JSON.
    [Fact]
    public void What_the_json_has_only_the_name_of_is_read_from_the_text()
    {
        var xt = Expression(2, """{"xt": {"type": "match", "name": "vlan"}}, {"drop": null}""");

        Meaning(Rule(Json([Of(Bridge, Chain, xt)], NftParser.List(BridgeText)))).ShouldBe("Vlan=10 Drop");
        Meaning(Rule(Json([Of(Bridge, Chain, xt)], NftParser.List([])))).ShouldBe("Other Drop");
    }

    [Fact]
    public void The_devices_of_a_chain_are_read_from_the_text_where_the_json_has_none()
    {
        const string table = """{"table": {"family": "netdev", "name": "n", "handle": 1}}""";
        const string chain = """
            {"chain": {"family": "netdev", "table": "n", "name": "in", "handle": 1,
            "type": "filter", "hook": "ingress", "prio": 0, "policy": "drop"}}
            """;
        string[] text =
        [
            "table netdev n { # handle 1",
            "chain in { # handle 1",
            "type filter hook ingress devices = { eth1, \"eth2\" } priority filter; policy drop;",
            "}",
            "}",
        ];

        Json([Of(table, chain)], NftParser.List(text)).Single().Devices.ShouldBe(["eth1", "eth2"]);
        NftJsonReader.Read([Of(table, chain)], NftParser.List([])).ShouldBeNull();
        var later = chain.Replace("\"prio\"", "\"dev\": [\"eth3\", \"eth4\"], \"prio\"", StringComparison.Ordinal);
        Json([Of(table, later)], NftParser.List([])).Single().Devices.ShouldBe(["eth3", "eth4"]);
    }

    [Fact]
    public void Json_that_is_not_whole_is_not_read()
    {
        var json = string.Join('\n', Recorded.Lines("nft-j-a-list-ruleset", Easy));
        var listing = NftParser.List(Recorded.Lines("nft-a-list-ruleset", Easy));

        for (var length = 0; length < json.Length; length += 7)
            NftJsonReader.Read([json[..length]], listing).ShouldBeNull();
        _ = NftJsonReader.Read([json], listing).ShouldNotBeNull();
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("""{"nftables": null}""")]
    [InlineData("""{"nftables": []} x""")]
    [InlineData("""{"nftables": [], "more": 1}""")]
    [InlineData("""{"nftables": [1]}""")]
    [InlineData("""{"nftables": [{"rule": {"family": "ip", "table": "t", "chain": "c", "handle": 1}}]}""")]
    [InlineData("""{"nftables": [{"chain": {"family": "ip", "table": "t"}}]}""")]
    [InlineData("""{"nftables": [{"chain": null}]}""")]
    [InlineData("""{"nftables": [{"table": {"family": "ip", "name": "\ud800"}}]}""")]
    public void Json_of_another_form_is_not_read(string json) => NftJsonReader.Read([json], NftParser.List([])).ShouldBeNull();

    [Fact]
    public void Json_is_read_however_its_spaces_are_cut()
    {
        var listing = NftParser.List(Recorded.Lines("nft-a-list-ruleset", Hard));
        var json = string.Join('\n', Recorded.Lines("nft-j-a-list-ruleset", Hard));

        Json(json.Split(' '), listing).SelectMany(Described).ShouldBe(Json([json], listing).SelectMany(Described));
    }

    // nft without JSON prints none, an old one says that it does not know -j.
    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("Error: JSON support not compiled-in")]
    [InlineData("""{"nftables":""")]
    public void Without_json_the_text_counts(string? json)
    {
        var rule = Rule(Probe(BridgeText, textEnds: true, json, out var gaps));

        Meaning(rule).ShouldBe("Vlan=10 Drop");
        gaps.ShouldBeEmpty();
    }

    [Fact]
    public void The_json_counts_before_the_text()
    {
        var chains = Probe(BridgeText, textEnds: true, Of(Bridge, Chain, Drop(2)), out var gaps);

        Meaning(Rule(chains)).ShouldBe("Vlan=10 Protocol=udp Other Drop");
        gaps.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(true, 0)]
    [InlineData(false, 1)]
    public void That_rules_are_missing_is_said_only_where_neither_is_whole(bool isWhole, int count)
    {
        var json = Of(Bridge, Chain, Drop(2), Drop(3));

        var chains = Probe(BridgeText, textEnds: false, isWhole ? json : json[..^9], out var gaps);

        chains.Single().Rules.Count.ShouldBe(isWhole ? 2 : 1);
        gaps.Select(g => g.What).ShouldBe(Enumerable.Repeat("some rules of nftables", count));
    }

    [Fact]
    public void Many_rules_that_name_a_large_set_or_map_hold_it_once()
    {
        const int many = 5000;
        var ports = string.Join(", ", Enumerable.Range(0, many).Select(i => $"\"vif{i}.0\""));
        var verdicts = string.Join(", ", Enumerable.Range(0, many).Select(i => $"[\"vif{i}.0\", {{\"drop\": null}}]"));
        var bySet = Expression(2, Match("==", "meta iifname", "\"@s\"") + """, {"drop": null}""");
        var byMap = Expression(3, """{"vmap": {"key": {"meta": {"key": "iifname"}}, "data": "@m"}}""");
        var json = Of([
            Bridge,
            Named("set", "s", $"\"elem\": [{ports}]"),
            Named("map", "m", $"\"map\": \"verdict\", \"elem\": [{verdicts}]"),
            Chain,
            .. Enumerable.Repeat(bySet, many),
            .. Enumerable.Repeat(byMap, many),
        ]);
        var before = GC.GetAllocatedBytesForCurrentThread();

        var chain = Json(json.Split(' '), NftParser.List([])).Single();

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(100_000_000);
        chain.Rules.Count.ShouldBeInRange(many * 2, 40_000);
        Meaning(chain.Rules[^1]).ShouldBe("Other Unknown");
    }

    [Fact]
    public void Json_larger_than_the_probe_lets_through_is_not_read()
    {
        var json = Of(Bridge, Chain) + new string(' ', 8_000_000);

        NftJsonReader.Read([json], NftParser.List([])).ShouldBeNull();
    }

    private static string Of(params string[] entries) =>
        """{"nftables": [{"metainfo": {"version": "1.0.6", "json_schema_version": 1}}, """ + string.Join(", ", entries) + "]}";

    private static string Expression(int handle, string statements) =>
        $"{{\"rule\": {{\"family\": \"bridge\", \"table\": \"t\", \"chain\": \"f\", \"handle\": {handle}, \"expr\": [{statements}]}}}}";

    private static string Named(string kind, string name, string more) =>
        $"{{\"{kind}\": {{\"family\": \"bridge\", \"table\": \"t\", \"name\": \"{name}\", \"handle\": 8, {more}}}}}";

    // The left side as JSON, or in the text's words.
    private static string Match(string op, string left, string right)
    {
        var selector = left.Split(' ', 2) switch
        {
            _ when left.StartsWith('{') => left,
            ["meta" or "ct", var key] => $"{{\"{left[..left.IndexOf(' ', StringComparison.Ordinal)]}\": {{\"key\": \"{key}\"}}}}",
            [var protocol, var field] => $"{{\"payload\": {{\"protocol\": \"{protocol}\", \"field\": \"{field}\"}}}}",
            _ => left,
        };
        return $"{{\"match\": {{\"op\": \"{op}\", \"left\": {selector}, \"right\": {right}}}}}";
    }

    private static string Drop(int handle) =>
        Expression(
            handle,
            Match("==", "vlan id", "10")
                + """, {"mangle": {"key": {"payload": {"protocol": "udp", "field": "checksum"}}, "value": 0}}"""
                + """, {"notrack": null}, {"drop": null}"""
        );

    private static PacketFilterRule Rule(IReadOnlyList<PacketFilterChain> chains) => chains.Single().Rules.Single();

    private static IEnumerable<string> Meanings(string statements, params string[] entries) =>
        Json([Of([Bridge, .. entries, Chain, Expression(2, statements)])], NftParser.List([])).Single().Rules.Select(Meaning);

    private static IReadOnlyList<PacketFilterChain> Probe(string[] text, bool textEnds, string? json, out IReadOnlyList<Gap> gaps)
    {
        string[] end = ["", $"{Mark} end 0"];
        List<string> lines = [$"{Mark} begin filters", $"{Mark} end 0", $"{Mark} begin filters-nft", "program nft", .. text];
        if (textEnds)
            lines.AddRange(end);
        if (json is not null)
            lines.AddRange([$"{Mark} begin filters-nft-json", .. json.Split(' '), .. end]);
        var list = new GapList(["nft"], isRoot: true);
        var chains = PacketFilterReader.Read(SnapshotOutput.Parse(string.Join('\n', lines), "", Mark), isRoot: true, list);
        gaps = list.All;
        return chains;
    }

    private static IReadOnlyList<PacketFilterChain> Json(IEnumerable<string> json, NftListing listing) =>
        NftJsonReader.Read(json, listing).ShouldNotBeNull();

    private static IEnumerable<string> Described(PacketFilterChain chain) =>
        [Head(chain), .. Rules(chain).Select(r => $"{r.Rule} # {r.Handle}: {r.Meaning}")];

    private static string Head(PacketFilterChain chain) =>
        $"{chain.Program} {chain.Family} {chain.Table} {chain.Name} {chain.Hook} [{string.Join(' ', chain.Devices)}] {chain.Policy}";

    // The rules of one verdict map are one here.
    private static IEnumerable<(string Rule, long? Handle, string Meaning)> Rules(PacketFilterChain chain) =>
        chain.Rules.GroupBy(r => (r.Text, r.Handle)).Select(g => (g.Key.Text, g.Key.Handle, string.Join("; ", g.Select(Meaning))));

    private static string Meaning(PacketFilterRule rule) =>
        string.Join(
            ' ',
            [
                .. rule.Matches.Select(m =>
                    $"{m.Kind}{(m.IsNegated ? "!" : "")}{(m.Values.Count == 0 ? "" : "=")}{string.Join(',', m.Values)}"
                ),
                $"{rule.Action}{(rule.Target is null ? "" : ":" + rule.Target)}",
            ]
        );
}
