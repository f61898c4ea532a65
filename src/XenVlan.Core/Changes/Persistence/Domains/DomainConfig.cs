using XenVlan.Model;

namespace XenVlan.Changes.Persistence.Domains;

/// <summary>A domain's file, understood as far as its name and its NICs go.</summary>
internal sealed class DomainConfig
{
    private readonly ConfigSource _source;

    private DomainConfig(ConfigSource source, string? name, IReadOnlyList<VifSpec> vifs)
    {
        _source = source;
        Name = name;
        Vifs = vifs;
    }

    /// <summary>Where it is.</summary>
    public string Path => _source.Path;

    /// <summary>What is in it.</summary>
    public string Text => _source.Text;

    /// <summary>The domain's name, a byte a character; null where it has none.</summary>
    public string? Name { get; }

    /// <summary>The domain's NICs, in their order in the file.</summary>
    public IReadOnlyList<VifSpec> Vifs { get; }

    /// <summary>Understands a file.</summary>
    /// <exception cref="XenVlanException">All of <see cref="ConfigSource.Error"/>: it is not well formed.</exception>
    public static DomainConfig Parse(ConfigSource source)
    {
        var assignments = new ConfigParser(source).Read();
        return new DomainConfig(source, NameIn(assignments), Number(source, VifsIn(source, assignments)));
    }

    /// <summary>The file with another value under a key of a NIC; nothing else of it changes.</summary>
    /// <param name="vif">The NIC.</param>
    /// <param name="key">The key.</param>
    /// <param name="value">The value; null for none.</param>
    /// <exception cref="XenVlanException"><see cref="ErrorIds.NotSupported"/>: the value cannot be written there.</exception>
    public DomainConfig With(VifSpec vif, string key, string? value)
    {
        if (vif.Token.Value.Contains('\\', StringComparison.Ordinal))
            throw Errors.On(
                _source.HostName,
                ErrorIds.NotSupported,
                $"{Path:unquoted}:{vif.Line}: the NIC is written with escapes (\\), which XenVlan does not change; write it without "
                    + $"them, or set {key:unquoted}={value:unquoted} there by hand."
            );
        if (value?.AsSpan().IndexOfAny(",'\"\\") >= 0)
            throw Errors.On(
                _source.HostName,
                ErrorIds.NotSupported,
                $"{Path:unquoted}:{vif.Line}: {key:unquoted}={value:unquoted} cannot be written into a domain's file, as it has a comma, a "
                    + $"quote or a backslash in it; choose another name."
            );

        var text = string.Concat(
            Text.AsSpan(0, vif.Token.Offset),
            vif.With(key, value),
            Text.AsSpan(vif.Token.Offset + vif.Token.Value.Length)
        );
        return Parse(_source with { Text = text });
    }

    // Of several assignments the last counts (find in Xen's libxlu_cfg.c); += adds to the one before.
    private static string? NameIn(IReadOnlyList<ConfigAssignment> assignments)
    {
        string? name = null;
        foreach (var value in assignments.Where(a => Is(a, "name")))
            name = value.Adds ? name + value.Value.First.Value : value.Value.First.Value;
        return name;
    }

    private static List<ConfigToken> VifsIn(ConfigSource source, IReadOnlyList<ConfigAssignment> assignments)
    {
        var vifs = new List<ConfigToken>();
        foreach (var assignment in assignments.Where(a => Is(a, "vif")))
        {
            var line = assignment.Name.Line;
            if (assignment.Value.Items is not { } items)
                throw source.Error(line, $"\"vif\" is not a list", $"write vif = [ '…' ]");
            if (items.FirstOrDefault(i => i.First.Kind is not ConfigTokenKind.Text) is { } wrong)
                throw source.Error(wrong.First.Line, $"a NIC in \"vif\" is not a text in quotes", $"write vif = [ '…', '…' ]");
            if (!assignment.Adds)
                vifs.Clear();
            vifs.AddRange(items.Select(i => i.First));
        }

        return vifs;
    }

    // NICs that ask for no number get 0, 1 and so on, whatever numbers others ask for (libxl__device_nic_set_devids in
    // Xen's libxl_nic.c, which compares with an unsigned -1). xm knows no such value.
    private static List<VifSpec> Number(ConfigSource source, List<ConfigToken> tokens)
    {
        var next = 0;
        return
        [
            .. tokens
                .Select(token => new VifSpec(token, next))
                .Select(v => v with { Index = (source.Dialect is ConfigDialect.XL ? v.DeviceId : null) ?? next++ }),
        ];
    }

    private static bool Is(ConfigAssignment assignment, string name) => assignment.Name.Value == name;
}
