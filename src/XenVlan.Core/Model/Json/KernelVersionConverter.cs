namespace XenVlan.Model.Json;

/// <summary>Writes <see cref="KernelVersion"/> as text, such as <c>6.1.0-56-amd64</c>.</summary>
internal sealed class KernelVersionConverter() : TextConverter<KernelVersion>(KernelVersion.Parse);
