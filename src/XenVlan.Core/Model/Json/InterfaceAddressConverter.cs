namespace XenVlan.Model.Json;

/// <summary>Writes <see cref="InterfaceAddress"/> as text, such as <c>10.10.0.1/24</c>.</summary>
internal sealed class InterfaceAddressConverter() : TextConverter<InterfaceAddress>(InterfaceAddress.Parse);
