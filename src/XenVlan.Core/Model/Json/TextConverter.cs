using System.Text.Json;
using System.Text.Json.Serialization;

namespace XenVlan.Model.Json;

/// <summary>Writes a value as the text it prints as, and reads it back.</summary>
/// <typeparam name="T">The value's type.</typeparam>
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
