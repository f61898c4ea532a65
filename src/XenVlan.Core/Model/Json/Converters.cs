using System.Text.Json;
using System.Text.Json.Serialization;

namespace XenVlan.Model.Json;

/// <summary>Writes a value as the text it prints as, and reads it back.</summary>
/// <param name="parse">Reads the text; throws <see cref="XenVlanException"/> for what is no such value.</param>
internal abstract class TextConverter<T>(Func<string, T> parse) : JsonConverter<T>
    where T : notnull
{
    /// <inheritdoc/>
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType is not JsonTokenType.String)
            throw new JsonException($"A text was expected, not {reader.TokenType}.");
        try
        {
            return parse(reader.GetString()!);
        }
        catch (XenVlanException e)
        {
            throw new JsonException(e.Message, e);
        }
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
}

/// <summary>Writes <see cref="InterfaceAddress"/> as text, such as <c>10.10.0.1/24</c>.</summary>
internal sealed class InterfaceAddressConverter() : TextConverter<InterfaceAddress>(InterfaceAddress.Parse);

/// <summary>Writes <see cref="InterfaceName"/> as text, such as <c>eth0.10</c>.</summary>
internal sealed class InterfaceNameConverter() : TextConverter<InterfaceName>(InterfaceName.Parse);

/// <summary>Writes <see cref="KernelVersion"/> as text, such as <c>6.1.0-56-amd64</c>.</summary>
internal sealed class KernelVersionConverter() : TextConverter<KernelVersion>(KernelVersion.Parse);

/// <summary>Writes <see cref="MacAddress"/> as text, such as <c>00:16:3e:01:02:03</c>.</summary>
internal sealed class MacAddressConverter() : TextConverter<MacAddress>(MacAddress.Parse);

/// <summary>Writes <see cref="VlanId"/> as a number from 1 to 4094.</summary>
internal sealed class VlanIdConverter : JsonConverter<VlanId>
{
    /// <inheritdoc/>
    public override VlanId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (
            reader.TokenType is not JsonTokenType.Number
            || !reader.TryGetInt32(out var value)
            || value is < VlanId.Minimum or > VlanId.Maximum
        )
            throw new JsonException($"A VLAN id was expected: a number from {VlanId.Minimum} to {VlanId.Maximum}.");
        return new VlanId(value);
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, VlanId value, JsonSerializerOptions options) => writer.WriteNumberValue(value.Value);
}

/// <summary>Writes <see cref="VlanSet"/> as text, such as <c>10,20-29</c>.</summary>
internal sealed class VlanSetConverter() : TextConverter<VlanSet>(VlanSet.Parse);
