using XenVlan.Changes.Persistence.Files;

namespace XenVlan.Changes.Persistence.Netplan;

/// <summary>Changes XenVlan's file for netplan.</summary>
internal sealed class NetplanEditor(FilePlanBuilder planning)
{
    private readonly CachedByVersion<NetplanConfiguration> _configuration = Cache(planning);

    /// <summary>The files as they will be after the changes so far.</summary>
    public NetplanConfiguration Read() => _configuration.Value;

    /// <summary>Changes the file, and keeps the rest of it; one that then says nothing goes.</summary>
    /// <param name="description">What that does.</param>
    /// <param name="change">Changes what is under <c>network:</c>.</param>
    public void Change(string description, Action<NetplanMap> change)
    {
        var text = planning.Read(NetplanConfiguration.OwnPath);
        var root = NetplanFile.Read(text ?? "").Root;
        var network = root.Map("network");
        network.Set("version", network.Get("version") ?? new NetplanScalar("2"));
        change(network);
        foreach (var (type, _) in network.Entries.Where(e => e.Value is NetplanMap { Entries.Count: 0 }).ToList())
            network.Remove(type);

        if (text is null)
        {
            if (!SaysNothing(network))
                planning.Write(NetplanConfiguration.OwnPath, NetplanWriter.Write(root), description, "0600");
            return;
        }

        var after = NetplanText.With(text, root, out var lost);
        if (lost.Count > 0)
        {
            var lines = string.Join(", ", lost);
            planning.Note($"{NetplanConfiguration.OwnPath} has comments that cannot be kept where it is changed, in line {lines}.");
        }

        if (SaysNothing(network) && !NetplanText.HasComments(after))
            planning.Delete(NetplanConfiguration.OwnPath, description);
        else if (text != after)
            planning.Write(NetplanConfiguration.OwnPath, after, description, "0600");
    }

    private static bool SaysNothing(NetplanMap network) => network.Entries.TrueForAll(e => e.Key is "version");

    private static CachedByVersion<NetplanConfiguration> Cache(FilePlanBuilder planning)
    {
        var files = new ParsedFileCache<NetplanFile>(planning, (_, text) => NetplanFile.Read(text));
        return new CachedByVersion<NetplanConfiguration>(planning, () => new NetplanConfiguration(planning, files));
    }

    /// <summary>Takes a VLAN interface out, and what was there for it only.</summary>
    /// <param name="network">What is under <c>network:</c>.</param>
    /// <param name="name">The interface.</param>
    public void Take(NetplanMap network, string name)
    {
        var related = TakePort(network, name).ToHashSet(StringComparer.Ordinal);
        if ((network.Get("vlans") as NetplanMap)?.Get(name) is NetplanMap settings && settings.Get("link")?.Text is { } parent)
            _ = related.Add(parent);
        network.Map("vlans").Remove(name);

        // NICs that netplan was told of for the interface's sake, and what it was told of bridges of other files.
        var used = network
            .Entries.Select(e => e.Value)
            .OfType<NetplanMap>()
            .SelectMany(t => t.Entries.Select(e => e.Value).OfType<NetplanMap>())
            .SelectMany(s => ((s.Get("interfaces") as NetplanList)?.Items.Select(i => i.Text) ?? []).Append(s.Get("link")?.Text))
            .ToHashSet(StringComparer.Ordinal);
        var others = Read().Definitions.Where(d => d.Path is not NetplanConfiguration.OwnPath).Select(d => d.Id).ToList();
        foreach (var (type, value) in network.Entries)
        {
            _ = (value as NetplanMap)?.Entries.RemoveAll(e =>
                e.Value is NetplanMap { Entries.Count: 0 }
                && related.Contains(e.Key)
                && (type is "ethernets" ? !used.Contains(e.Key) : others.Contains(e.Key, StringComparer.Ordinal))
            );
        }
    }

    /// <summary>Takes a port off the bridges.</summary>
    /// <param name="network">What is under <c>network:</c>.</param>
    /// <param name="id">The port.</param>
    public static IReadOnlyList<string> TakePort(NetplanMap network, string id)
    {
        var had = new List<string>();
        foreach (var (name, value) in (network.Get("bridges") as NetplanMap)?.Entries ?? [])
        {
            if (value is not NetplanMap bridge || bridge.Get("interfaces") is not NetplanList ports)
                continue;
            if (ports.Items.RemoveAll(i => i.Text == id) > 0)
                had.Add(name);
            if (ports.Items.Count == 0)
                bridge.Remove("interfaces");
        }

        return had;
    }
}
