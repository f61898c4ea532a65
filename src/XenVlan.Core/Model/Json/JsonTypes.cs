using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace XenVlan.Model.Json;

/// <summary>The contracts of <see cref="XenVlanJsonContext"/>, fit for objects that carry the snapshot they were read from.</summary>
internal static class JsonTypes
{
    private static readonly JsonSerializerOptions Options = new(XenVlanJsonContext.Default.Options)
    {
        TypeInfoResolver = XenVlanJsonContext.Default.WithAddedModifier(LetIgnoredBeAbsent),
    };

    /// <summary>How a type becomes JSON.</summary>
    /// <typeparam name="T">A type that <see cref="XenVlanJsonContext"/> names.</typeparam>
    public static JsonTypeInfo<T> Of<T>() => (JsonTypeInfo<T>)Options.GetTypeInfo(typeof(T));

    // The serialiser refuses a type that has a property both required and ignored, such as Snapshot.
    private static void LetIgnoredBeAbsent(JsonTypeInfo type)
    {
        foreach (var property in type.Properties)
        {
            if (property.Get is null && property.Set is null)
                property.IsRequired = false;
        }
    }
}
