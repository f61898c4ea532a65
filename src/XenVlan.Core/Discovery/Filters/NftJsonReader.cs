using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;
using XenVlan.Model;

namespace XenVlan.Discovery.Filters;

/// <summary>Reads what <c>nft -j list ruleset</c> prints (<c>libnftables-json(5)</c>).</summary>
/// <remarks>
/// It has no text of a rule, which people look for and fixes name: that is of <c>nft -a list ruleset</c>, which was asked just before. A
/// rule's number is its own as long as its table's is.
/// </remarks>
internal sealed class NftJsonReader
{
    // What snapshot.sh lets through.
    private const int MostBytes = 8_000_000;

    // Ten thousand rules may name one map of ten thousand elements.
    private const int MostOfMaps = 20_000;

    private readonly NftListing _listing;
    private readonly Dictionary<(string Family, string Table), long?> _tables = [];
    private readonly Dictionary<(string Family, string Table, string Name), NftJsonMap?> _maps = [];
    private readonly Dictionary<
        (string Family, string Table, string Chain),
        (NftJsonRuleReader Reader, List<PacketFilterRule> Rules)
    > _rules = [];
    private readonly Dictionary<(string Family, string Table, long Handle), (NftListedChain Chain, string Text)> _texts = [];
    private readonly List<PacketFilterChain> _chains = [];
    private readonly NftSets _sets = new();
    private int _ofMaps;

    private NftJsonReader(NftListing listing)
    {
        _listing = listing;
        foreach (var chain in listing.Chains)
        {
            foreach (var (text, handle) in chain.Rules)
            {
                if (handle is { } number)
                    _texts[(chain.Head.Family, chain.Head.Table, number)] = (chain, text);
            }
        }
    }

    /// <summary>Reads the chains.</summary>
    /// <param name="lines">The JSON, with every space of it made a line's end.</param>
    /// <param name="listing">The same rules' text.</param>
    /// <returns>The chains; null where the JSON is not whole, or not as expected, so that the text must do.</returns>
    public static IReadOnlyList<PacketFilterChain>? Read(IEnumerable<string> lines, NftListing listing)
    {
        try
        {
            return Bytes(lines) is { Length: > 0 } json ? new NftJsonReader(listing).Read(json) : null;
        }
        catch (Exception e) when (e is JsonException or FormatException or InvalidOperationException)
        {
            return null;
        }
    }

    private static byte[] Bytes(IEnumerable<string> lines)
    {
        var json = new MemoryStream();
        foreach (var line in lines)
        {
            json.Write(Encoding.UTF8.GetBytes(line));
            json.WriteByte((byte)' ');
            if (json.Length > MostBytes)
                return [];
        }

        return json.ToArray();
    }

    private IReadOnlyList<PacketFilterChain> Read(byte[] json)
    {
        var reader = new Utf8JsonReader(json);
        Expect(reader.Read() && reader.TokenType is JsonTokenType.StartObject);
        Expect(reader.Read() && reader.TokenType is JsonTokenType.PropertyName && reader.ValueTextEquals("nftables"));
        Expect(reader.Read() && reader.TokenType is JsonTokenType.StartArray);
        while (reader.Read() && reader.TokenType is not JsonTokenType.EndArray)
        {
            using var entry = JsonDocument.ParseValue(ref reader);
            Add(entry.RootElement);
        }

        Expect(reader.Read() && reader.TokenType is JsonTokenType.EndObject);
        Expect(!reader.Read());
        return [.. _chains.Select(c => c with { Rules = _rules[(c.Family, c.Table, c.Name)].Rules })];
    }

    private static void Expect([DoesNotReturnIf(false)] bool isSo)
    {
        if (!isSo)
            throw new FormatException("This is not what nft prints.");
    }

    private void Add(JsonElement entry)
    {
        var (name, value) = NftJson.Only(entry) ?? throw new FormatException("An entry is not of one name.");
        switch (name)
        {
            case "table":
                _tables[(Text(value, "family"), Text(value, "name"))] = Handle(value);
                break;
            case "chain":
                AddChain(value);
                break;
            case "set":
                _sets.Add(Text(value, "family"), Text(value, "table"), Text(value, "name"), Elements(value));
                break;
            case "map" when NftJson.Text(value, "map") == "verdict":
                _maps[(Text(value, "family"), Text(value, "table"), Text(value, "name"))] = Map(value);
                break;
            case "rule":
                AddRule(value);
                break;
        }
    }

    private static string Text(JsonElement value, string name) =>
        NftJson.Text(value, name) ?? throw new FormatException($"An entry has no {name}.");

    private static long? Handle(JsonElement value) =>
        value.TryGetProperty("handle", out var handle) && handle.ValueKind is JsonValueKind.Number && handle.TryGetInt64(out var number)
            ? number
            : null;

    // A set that is empty may be one that packets fill.
    private static IReadOnlyList<string>? Elements(JsonElement set) =>
        set.TryGetProperty("elem", out var elements) ? NftJson.Values(elements) : null;

    private static NftJsonMap? Map(JsonElement map) => map.TryGetProperty("elem", out var elements) ? NftJsonMap.Read(elements) : null;

    private void AddChain(JsonElement value)
    {
        var chain = new PacketFilterChain
        {
            Program = "nft",
            Family = Text(value, "family"),
            Table = Text(value, "table"),
            Name = Text(value, "name"),
        };
        if (NftJson.Text(value, "hook") is { } hook)
        {
            chain = chain with
            {
                Hook = NftTerms.Hook(hook),
                Devices = Devices(value) ?? [],
                Policy = NftJson.Text(value, "policy") == "drop" ? PacketFilterAction.Drop : PacketFilterAction.Accept,
            };
        }

        // nft 1.0.6 does not say which (chain_print_json in its src/json.c).
        if (chain is { Hook: PacketFilterHook.Ingress, Devices.Count: 0 })
            chain = chain with { Devices = Listed(chain)?.Devices ?? throw new FormatException("A chain has no devices.") };
        _chains.Add(chain);
        var reader = new NftJsonRuleReader(chain, _sets, name => Named(chain, name), new NftRuleReader(chain, _listing.Sets));
        Expect(_rules.TryAdd((chain.Family, chain.Table, chain.Name), (reader, [])));
    }

    private NftJsonMap? Named(PacketFilterChain chain, string name) =>
        _maps.GetValueOrDefault((chain.Family, chain.Table, name)) is { } map && (_ofMaps += map.Elements.Count) <= MostOfMaps ? map : null;

    private static IReadOnlyList<string>? Devices(JsonElement chain) =>
        chain.TryGetProperty("dev", out var devices) ? NftJson.Values(devices) : null;

    private PacketFilterChain? Listed(PacketFilterChain chain) =>
        _listing
            .Chains.FirstOrDefault(c =>
                c.Head.Family == chain.Family && c.Head.Table == chain.Table && c.Head.Name == chain.Name && IsSameTable(c)
            )
            ?.Head;

    private bool IsSameTable(NftListedChain chain) =>
        chain.TableHandle is not { } listed
        || !_tables.TryGetValue((chain.Head.Family, chain.Head.Table), out var handle)
        || handle is null
        || handle == listed;

    private void AddRule(JsonElement value)
    {
        var (family, table, chain) = (Text(value, "family"), Text(value, "table"), Text(value, "chain"));
        Expect(_rules.TryGetValue((family, table, chain), out var found));
        var handle = Handle(value);
        var text =
            handle is { } number
            && _texts.TryGetValue((family, table, number), out var listed)
            && listed.Chain.Head.Name == chain
            && IsSameTable(listed.Chain)
                ? listed.Text
                : null;
        found.Rules.AddRange(found.Reader.Read(value, text, handle));
    }
}
