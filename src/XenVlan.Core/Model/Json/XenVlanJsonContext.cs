using System.Text.Json.Serialization;

namespace XenVlan.Model.Json;

/// <summary>How XenVlan's objects become JSON, worked out when it is compiled, so that nothing is left for reflection. To be used through
/// <see cref="JsonTypes"/>.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    WriteIndented = true,
    UseStringEnumConverter = true,
    Converters = [
        typeof(VlanIdConverter),
        typeof(VlanSetConverter),
        typeof(MacAddressConverter),
        typeof(InterfaceAddressConverter),
        typeof(InterfaceNameConverter),
        typeof(KernelVersionConverter),
    ]
)]
[JsonSerializable(typeof(IReadOnlyList<XenHost>))]
[JsonSerializable(typeof(IReadOnlyList<XenBridge>))]
[JsonSerializable(typeof(IReadOnlyList<XenDomainNic>))]
[JsonSerializable(typeof(IReadOnlyList<XenVlanInterface>))]
[JsonSerializable(typeof(IReadOnlyList<XenVlanPathResult>))]
[JsonSerializable(typeof(IReadOnlyList<XenTransaction>))]
[JsonSerializable(typeof(IReadOnlyList<SnapshotDifference>))]
[JsonSerializable(typeof(IReadOnlyList<Remedy>))]
[JsonSerializable(typeof(SnapshotDocument))]
internal sealed partial class XenVlanJsonContext : JsonSerializerContext;
