namespace XenVlan.Model.Json;

/// <summary>Writes <see cref="InterfaceName"/> as text, such as <c>eth0.10</c>.</summary>
internal sealed class InterfaceNameConverter() : TextConverter<InterfaceName>(InterfaceName.Parse);
