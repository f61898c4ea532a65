namespace XenVlan.Model.Json;

/// <summary>Writes <see cref="MacAddress"/> as text, such as <c>00:16:3e:01:02:03</c>.</summary>
internal sealed class MacAddressConverter() : TextConverter<MacAddress>(MacAddress.Parse);
