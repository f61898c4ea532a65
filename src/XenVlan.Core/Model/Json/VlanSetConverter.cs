namespace XenVlan.Model.Json;

/// <summary>Writes <see cref="VlanSet"/> as text, such as <c>10,20-29</c>.</summary>
internal sealed class VlanSetConverter() : TextConverter<VlanSet>(VlanSet.Parse);
