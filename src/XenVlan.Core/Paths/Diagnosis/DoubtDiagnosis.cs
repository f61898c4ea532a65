using XenVlan.Model;
using XenVlan.Paths.Filters;
using XenVlan.Paths.Forwarding;
using XenVlan.Paths.Watching;

namespace XenVlan.Paths.Diagnosis;

/// <summary>Says what is not known of a path, and what would prove it.</summary>
internal static class DoubtDiagnosis
{
    /// <summary>What a prediction does not know.</summary>
    /// <returns>Sentences: what is not known, and what would tell; null where everything is known.</returns>
    public static string? Of(PathUnderTest path, PathPrediction prediction)
    {
        if (prediction.Hops.FirstOrDefault(h => h.Verdict is HopVerdict.Unknown) is { } hop)
            return $"{PathTrace.Place(hop)} {hop.Action}. {Remedy(path, hop)}";
        if (prediction.Forward.Arrives is false && prediction.Forward.AlsoArrivesAt is { Count: > 0 } elsewhere)
            return $"It comes to {string.Join(", ", elsewhere)} of {path.Target!.Point.Host.HostName}, though, and Linux answers for "
                + $"any of its addresses on any interface. Test it live.";
        return prediction.Around is ({ } here, { } there)
            ? $"{here} and {there} lead to where nothing is known of, though, and may be joined there. Describe the wires in a "
                + $"topology document, read the hosts there too, or test it live."
            : null;
    }

    private static string Remedy(PathUnderTest path, PathHop hop)
    {
        if (hop.IsWire)
            return "Describe this wire in a topology document, or test it live.";
        var host = path.Network.Hosts.FirstOrDefault(h => h.HostName == hop.HostName);
        return host is not null && hop.Rule is null && PacketFilters.NotSeen(host) is { } missing ? $"On {host.HostName}, {missing}."
            : hop.Rule is null ? $"Read {hop.HostName} as root, or test it live."
            : "Test it live: whether packets get past the rule is seen then.";
    }
}
