using XenVlan.Model;

namespace XenVlan.Topology.Yaml;

/// <summary>Reads what a document expects.</summary>
internal static class ExpectationReader
{
    private const string EndNames = "a host, or a domain that has a guest";

    private static readonly ValueKey<VlanId?> ReachableVlan = new(
        "vlan",
        Formats.Vlan,
        "The VLAN on which the ends reach each other",
        IsRequired: true
    );

    private static readonly ValueKey<string> ReachableFrom = new("from", Formats.Name, $"One end: {EndNames}", IsRequired: true);

    private static readonly ValueKey<string> ReachableTo = new("to", Formats.Name, $"The other end: {EndNames}", IsRequired: true);

    private static readonly ValueKey<int?> ReachableMtu = new(
        "mtu",
        Formats.Mtu,
        "The packet size in bytes that passes in both directions; by default the smaller MTU of the ends"
    );

    private static readonly Shape ReachableShape = new(
        "reachable",
        "a reachable expectation",
        ReachableVlan,
        ReachableFrom,
        ReachableTo,
        ReachableMtu
    );

    private static readonly ValueKey<string> IsolatedFrom = new("from", Formats.Name, $"One end: {EndNames}", IsRequired: true);

    private static readonly ValueKey<VlanId?> FromVlan = new("fromVlan", Formats.Vlan, "The VLAN at that end", IsRequired: true);

    private static readonly ValueKey<string> IsolatedTo = new("to", Formats.Name, $"The other end: {EndNames}", IsRequired: true);

    private static readonly ValueKey<VlanId?> ToVlan = new("toVlan", Formats.Vlan, "The VLAN at the other end", IsRequired: true);

    private static readonly Shape IsolatedShape = new("isolated", "an isolated expectation", IsolatedFrom, FromVlan, IsolatedTo, ToVlan);

    private static readonly ValueKey<string> ServiceName = new(
        "name",
        Formats.Text,
        "What the service is called in reports",
        IsRequired: true
    );

    private static readonly ValueKey<string> On = new("on", Formats.Name, $"Where it is served: {EndNames}", IsRequired: true);

    private static readonly ValueKey<int?> Port = new("port", Formats.Port, "Its TCP port", IsRequired: true);

    private static readonly ValueKey<VlanId?> ServiceVlan = new(
        "vlan",
        Formats.Vlan,
        "The VLAN it answers on, at the end's address there",
        IsRequired: true
    );

    private static readonly ValueKey<string> Clients = new(
        "from",
        Formats.Name,
        $"The ends it answers; each is {EndNames}",
        KeyForm.List,
        IsRequired: true
    );

    private static readonly ValueKey<bool?> OnlyThere = new(
        "onlyThere",
        Formats.Boolean,
        "Whether it must not answer at the end's addresses on other VLANs; true by default"
    );

    private static readonly Shape ServiceShape = new(
        "service",
        "a service expectation",
        ServiceName,
        On,
        Port,
        ServiceVlan,
        Clients,
        OnlyThere
    );

    private static readonly ObjectKey Reachable = new(
        "reachable",
        ReachableShape,
        "Two ends reach each other on a VLAN, in both directions"
    );

    private static readonly ObjectKey Isolated = new(
        "isolated",
        IsolatedShape,
        "Nothing passes between a VLAN at one end and a VLAN at another"
    );

    private static readonly ObjectKey Service = new("service", ServiceShape, "A TCP service answers on a VLAN");

    private static readonly ValueKey<string> Title = new("title", Formats.Text, "What reports call the expectation");

    /// <summary>The keys of an expectation.</summary>
    public static Shape Shape { get; } = new("expectation", "an expectation", Reachable, Isolated, Service, Title);

    /// <summary>Reads an expectation.</summary>
    /// <returns>The expectation; null when it is not valid.</returns>
    public static Expectation? Read(DocumentMap map, DocumentContext context)
    {
        var title = map.Get(Title);
        var read = new List<Expectation?>();
        if (map.GetObject(Reachable) is { } reachable)
            read.Add(ReadReachable(reachable, context));
        if (map.GetObject(Isolated) is { } isolated)
            read.Add(ReadIsolated(isolated, context));
        if (map.GetObject(Service) is { } service)
            read.Add(ReadService(service, context));

        if (read.Count > 1 || read.Count == 0 && !map.IsFaulty)
            context.Errors.Add(map.Position, "An expectation is one of reachable, isolated and service, with or without a title.");
        return read.FirstOrDefault() is { } expectation ? expectation with { Title = title, Position = map.Position } : null;
    }

    private static ReachableExpectation? ReadReachable(DocumentMap map, DocumentContext context)
    {
        var vlan = map.Get(ReachableVlan);
        var from = ReadEnd(map, ReachableFrom, vlan, context);
        var to = ReadEnd(map, ReachableTo, vlan, context);
        var mtu = map.Get(ReachableMtu);
        CheckDifferent(map, ReachableTo, from, to, context.Errors);
        return vlan is null || from is null || to is null ? null : new ReachableExpectation(vlan.Value, from, to, mtu);
    }

    private static IsolatedExpectation? ReadIsolated(DocumentMap map, DocumentContext context)
    {
        var fromVlan = map.Get(FromVlan);
        var toVlan = map.Get(ToVlan);
        var from = ReadEnd(map, IsolatedFrom, fromVlan, context);
        var to = ReadEnd(map, IsolatedTo, toVlan, context);
        CheckDifferent(map, IsolatedTo, from, to, context.Errors);
        return from is null || fromVlan is null || to is null || toVlan is null
            ? null
            : new IsolatedExpectation(from, fromVlan.Value, to, toVlan.Value);
    }

    private static ServiceExpectation? ReadService(DocumentMap map, DocumentContext context)
    {
        var name = map.Get(ServiceName);
        var vlan = map.Get(ServiceVlan);
        var on = ReadEnd(map, On, vlan, context);
        var port = map.Get(Port);
        var onlyThere = map.Get(OnlyThere) ?? true;

        var clients = map.GetList(Clients);
        if (map.Has(Clients) && clients.Count == 0 && !map.IsFaulty)
            context.Errors.Add(map.PositionOf(Clients), "A service needs at least one end to answer, such as from: [a].");
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var client in clients)
        {
            context.CheckEnd(client, vlan);
            if (client.Value == on)
                context.Errors.Add(client.Position, $"{DisplayText.Quote(on)} serves it, and an end's traffic to itself passes no VLAN.");
            else if (!seen.Add(client.Value))
                context.Errors.Add(client.Position, $"{DisplayText.Quote(client.Value)} is in this list twice.");
        }

        return name is null || on is null || port is null || vlan is null
            ? null
            : new ServiceExpectation(name, on, port.Value, vlan.Value, [.. clients.Select(c => c.Value)], onlyThere);
    }

    private static string? ReadEnd(DocumentMap map, ValueKey<string> key, VlanId? vlan, DocumentContext context)
    {
        var name = map.Get(key);
        if (name is not null)
            context.CheckEnd(new Located<string>(name, map.ValuePositionOf(key)), vlan);
        return name;
    }

    private static void CheckDifferent(DocumentMap map, ValueKey<string> key, string? from, string? to, DocumentErrors errors)
    {
        if (from is not null && from == to)
            errors.Add(map.ValuePositionOf(key), $"Both ends are {DisplayText.Quote(to)}, and an end's traffic to itself passes no VLAN.");
    }
}
