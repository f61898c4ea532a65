using System.Text.Json;
using XenVlan.Model;

namespace XenVlan.Discovery.Filters;

/// <summary>Reads the smaller parts of nft's JSON.</summary>
internal static class NftJson
{
    /// <summary>The only property of an object.</summary>
    /// <returns>Its name and value; null where it is no object, or not of one property.</returns>
    public static (string Name, JsonElement Value)? Only(JsonElement element)
    {
        if (element.ValueKind is not JsonValueKind.Object)
            return null;
        (string, JsonElement)? only = null;
        foreach (var property in element.EnumerateObject())
        {
            if (only is not null)
                return null;
            only = (property.Name, property.Value);
        }

        return only;
    }

    /// <summary>A property that is text.</summary>
    /// <returns>The text; null where it is none.</returns>
    public static string? Text(JsonElement element, string name) =>
        element.ValueKind is JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String
            ? value.GetString()
            : null;

    /// <summary>A value, in the form the text of a rule has it: <c>vif1.0</c>, <c>10</c>, <c>30-40</c>, <c>10.0.0.0/8</c>.</summary>
    /// <returns>The value; null where it is of another form.</returns>
    public static string? Value(JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.String:
                return Plain(element.GetString()!);
            case JsonValueKind.Number:
                return element.GetRawText();
            case JsonValueKind.Object:
                return Only(element) switch
                {
                    ("range", { ValueKind: JsonValueKind.Array } ends) when ends.GetArrayLength() == 2 => Join(ends[0], '-', ends[1]),
                    ("prefix", { ValueKind: JsonValueKind.Object } prefix)
                        when prefix.TryGetProperty("addr", out var address) && prefix.TryGetProperty("len", out var length) => Join(
                        address,
                        '/',
                        length
                    ),

                    // With how long it lasts, a counter, a comment.
                    ("elem", { ValueKind: JsonValueKind.Object } whole) when whole.TryGetProperty("val", out var value) => Value(value),
                    _ => null,
                };
            default:
                return null;
        }
    }

    /// <summary>The values of a list, or of one.</summary>
    /// <returns>The values; null where one is of another form.</returns>
    public static IReadOnlyList<string>? Values(JsonElement list)
    {
        if (list.ValueKind is not JsonValueKind.Array)
            return Value(list) is { } one ? [one] : null;
        var values = new List<string>(list.GetArrayLength());
        foreach (var element in list.EnumerateArray())
        {
            if (Value(element) is not { } value)
                return null;
            values.Add(value);
        }

        return values;
    }

    /// <summary>A verdict.</summary>
    /// <returns>What it does; null where it is none.</returns>
    public static (PacketFilterAction Action, string? Target)? Verdict(string name, JsonElement value) =>
        name switch
        {
            "accept" or "drop" or "reject" or "return" or "continue" or "queue" => NftTerms.Verdict([name]),
            "jump" or "goto" when Text(value, "target") is { } target => NftTerms.Verdict([name, target]),
            "jump" or "goto" => (PacketFilterAction.Unknown, null),
            _ => null,
        };

    // An asterisk that is one has a backslash before it; PacketFilterMatch knows only that which stands for anything.
    private static string? Plain(string text) => text.Contains('\\', StringComparison.Ordinal) ? null : text;

    private static string? Join(JsonElement left, char between, JsonElement right) =>
        left.ValueKind is JsonValueKind.String or JsonValueKind.Number && Value(left) is { } first && Value(right) is { } second
            ? $"{first}{between}{second}"
            : null;
}

/// <summary>The elements of a verdict map.</summary>
/// <param name="Elements">What is compared, null where that is not understood, and what happens then.</param>
internal sealed record NftJsonMap(IReadOnlyList<(string? Key, PacketFilterAction Action, string? Target)> Elements)
{
    /// <summary>Reads the elements.</summary>
    /// <param name="list">A list of pairs.</param>
    /// <returns>The map; null where it is of another form.</returns>
    public static NftJsonMap? Read(JsonElement list)
    {
        if (list.ValueKind is not JsonValueKind.Array)
            return null;
        var elements = new List<(string?, PacketFilterAction, string?)>(list.GetArrayLength());
        foreach (var pair in list.EnumerateArray())
        {
            if (pair.ValueKind is not JsonValueKind.Array || pair.GetArrayLength() != 2)
                return null;
            var (action, target) =
                NftJson.Only(pair[1]) is var (name, value) && NftJson.Verdict(name, value) is { } verdict
                    ? verdict
                    : (PacketFilterAction.Unknown, null);
            elements.Add((NftJson.Value(pair[0]), action, target));
        }

        return new NftJsonMap(elements);
    }
}
