using System.Text.Json;
using System.Text.Json.Serialization;

namespace XenVlan.Model.Json;

/// <summary>Writes <see cref="VlanId"/> as a number from 1 to 4094.</summary>
internal sealed class VlanIdConverter : JsonConverter<VlanId>
{
    /// <inheritdoc/>
    public override VlanId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType is not JsonTokenType.Number || !reader.TryGetInt32(out var value) || value is < VlanId.Minimum or > VlanId.Maximum)
            throw new JsonException($"A VLAN id was expected: a number from {VlanId.Minimum} to {VlanId.Maximum}.");
        return new VlanId(value);
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, VlanId value, JsonSerializerOptions options) => writer.WriteNumberValue(value.Value);
}
