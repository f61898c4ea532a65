using XenVlan.Changes.Persistence.Networks;

namespace XenVlan.Changes.Persistence.NetplanYaml;

/// <summary>Changes XenVlan's file for netplan.</summary>
/// <param name="planning">The files so far.</param>
internal sealed class NetplanEditor(PersistentPlanning planning)
{
    private readonly Cached<NetplanConfiguration> _configuration = Cache(planning);

    /// <summary>The files as they will be after the changes so far.</summary>
    /// <returns>The files.</returns>
    public NetplanConfiguration Read() => _configuration.Value;

    /// <summary>Changes the file; one that then says nothing goes.</summary>
    /// <param name="description">What that does.</param>
    /// <param name="change">Changes what is under <c>network:</c>.</param>
    public void Change(string description, Action<NetplanMap> change)
    {
        var text = planning.Read(NetplanConfiguration.OwnPath);
        var root = NetplanFile.Read(text ?? "").Root;
        var before = NetplanWriter.Write(root);
        var network = root.Map("network");
        network.Set("version", network.Get("version") ?? new NetplanScalar("2"));
        change(network);
        foreach (var (type, _) in network.Entries.Where(e => e.Value is NetplanMap { Entries.Count: 0 }).ToList())
            network.Remove(type);

        if (network.Entries.TrueForAll(e => e.Key is "version"))
        {
            if (text is not null)
                planning.Delete(NetplanConfiguration.OwnPath, description);
        }
        else if (NetplanWriter.Write(root) is var after && !string.Equals(before, after, StringComparison.Ordinal))
            planning.Write(NetplanConfiguration.OwnPath, after, description, "0600");
    }

    private static Cached<NetplanConfiguration> Cache(PersistentPlanning planning)
    {
        var files = new ParsedFiles<NetplanFile>(planning, (_, text) => NetplanFile.Read(text));
        return new Cached<NetplanConfiguration>(planning, () => new NetplanConfiguration(planning, files));
    }

    /// <summary>Takes a VLAN interface out, and what was there for it only.</summary>
    /// <param name="network">What is under <c>network:</c>.</param>
    /// <param name="name">The interface.</param>
    public void Take(NetplanMap network, string name)
    {
        network.Map("vlans").Remove(name);
        TakePort(network, name);

        // NICs that netplan was told of for the interface's sake.
        var used = network.Entries.Select(e => e.Value).OfType<NetplanMap>()
            .SelectMany(t => t.Entries.Select(e => e.Value).OfType<NetplanMap>())
            .SelectMany(s => ((s.Get("interfaces") as NetplanList)?.Items.Select(i => i.Text) ?? []).Append(s.Get("link")?.Text))
            .ToHashSet(StringComparer.Ordinal);
        if (network.Get("ethernets") is NetplanMap ethernets)
            ethernets.Entries.RemoveAll(e => e.Value is NetplanMap { Entries.Count: 0 } && !used.Contains(e.Key));
        foreach (var type in network.Entries.Select(e => e.Value).OfType<NetplanMap>())
            type.Entries.RemoveAll(e => e.Value is NetplanMap { Entries.Count: 0 } && Read().Definitions.Any(d => d.Path is not NetplanConfiguration.OwnPath && string.Equals(d.Id, e.Key, StringComparison.Ordinal)));
    }

    /// <summary>Takes a port off the bridges.</summary>
    /// <param name="network">What is under <c>network:</c>.</param>
    /// <param name="id">The port.</param>
    public static void TakePort(NetplanMap network, string id)
    {
        foreach (var bridge in (network.Get("bridges") as NetplanMap)?.Entries.Select(e => e.Value).OfType<NetplanMap>() ?? [])
        {
            if (bridge.Get("interfaces") is NetplanList ports && ports.Items.RemoveAll(i => string.Equals(i.Text, id, StringComparison.Ordinal)) > 0 && ports.Items.Count == 0)
                bridge.Remove("interfaces");
        }
    }
}
