using System.Collections;
using System.Globalization;
using System.Management.Automation;
using XenVlan.Model;

namespace XenVlan.PowerShell.Running;

/// <summary>The kinds of XenVlan's objects that a cmdlet may be given through a pipeline.</summary>
[Flags]
internal enum PipedKinds
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary><see cref="XenHost"/>.</summary>
    Host = 1,

    /// <summary><see cref="XenBridge"/>.</summary>
    Bridge = 1 << 1,

    /// <summary><see cref="XenBridgePort"/>.</summary>
    Port = 1 << 2,

    /// <summary><see cref="XenDomainNic"/>.</summary>
    Nic = 1 << 3,

    /// <summary><see cref="XenVlanInterface"/>.</summary>
    VlanInterface = 1 << 4,

    /// <summary><see cref="XenTransaction"/>.</summary>
    Transaction = 1 << 5,

    /// <summary><see cref="XenVlanPathResult"/>.</summary>
    Path = 1 << 6,

    /// <summary>All of them.</summary>
    All = (1 << 7) - 1,
}

/// <summary>
/// What came through a pipeline: an object of XenVlan, be it from this session, from a job, another machine or a file; a host's name; a
/// snapshot; or somebody's own object, whose properties PowerShell has bound.
/// </summary>
internal sealed record PipedObject
{
    private const string Deserialized = "Deserialized.";
    private readonly PSObject _object;

    private PipedObject(PSObject given) => _object = given;

    /// <summary>Which of XenVlan's objects it is; <see cref="PipedKinds.None"/> for none of them.</summary>
    public PipedKinds Kind { get; private init; }

    /// <summary>The name of its type, as people know it.</summary>
    public string TypeName { get; private init; } = "";

    /// <summary>The host it names; null where it names none.</summary>
    public string? HostName { get; private init; }

    /// <summary>What it was read from; null for what was made in another process.</summary>
    public HostSnapshot? Snapshot { get; private init; }

    /// <summary>How its host was reached; null where it says nothing of it.</summary>
    public SshSettings? Ssh { get; private init; }

    /// <summary>Looks at what came.</summary>
    /// <param name="given">The object.</param>
    /// <returns>What it is.</returns>
    /// <exception cref="XenVlanException"><see cref="ErrorIds.InvalidValue"/>: it is one of XenVlan's objects and has lost its host, or how
    /// that is reached.</exception>
    public static PipedObject Read(PSObject given)
    {
        switch (given.BaseObject)
        {
            case string name:
                return new PipedObject(given) { HostName = name };
            case HostSnapshot snapshot:
                return new PipedObject(given)
                {
                    HostName = snapshot.HostName,
                    Snapshot = snapshot,
                    Ssh = snapshot.Ssh,
                };
            case XenObject own:
                return new PipedObject(given)
                {
                    Kind = KindOf(own.GetType().Name),
                    TypeName = own.GetType().Name,
                    HostName = own.HostName,
                    Snapshot = own.GetSnapshot(),
                    Ssh = own.Ssh,
                };
        }

        var type = given.TypeNames.Select(t => t.StartsWith(Deserialized, StringComparison.Ordinal) ? t[Deserialized.Length..] : "");
        var typeName = type.FirstOrDefault(t => t.StartsWith("XenVlan.Model.", StringComparison.Ordinal))?["XenVlan.Model.".Length..] ?? "";
        var kind = KindOf(typeName);
        var hostName = Text(given, nameof(XenObject.HostName));
        if (kind is not PipedKinds.None && string.IsNullOrEmpty(hostName))
            throw Errors.Of(ErrorIds.InvalidValue, $"The {typeName} that was piped in does not say which host it is of.");
        return new PipedObject(given)
        {
            Kind = kind,
            TypeName = typeName,
            HostName = hostName,
            Ssh = ReadSsh(given, typeName),
        };
    }

    /// <summary>A property's value as text.</summary>
    /// <param name="property">The property's name.</param>
    /// <returns>The text; null where there is no such property, or it is null.</returns>
    public string? Text(string property) => Text(_object, property);

    private static PipedKinds KindOf(string typeName) =>
        typeName switch
        {
            nameof(XenHost) => PipedKinds.Host,
            nameof(XenBridge) => PipedKinds.Bridge,
            nameof(XenBridgePort) => PipedKinds.Port,
            nameof(XenDomainNic) => PipedKinds.Nic,
            nameof(XenVlanInterface) => PipedKinds.VlanInterface,
            nameof(XenTransaction) => PipedKinds.Transaction,
            nameof(XenVlanPathResult) => PipedKinds.Path,
            _ => PipedKinds.None,
        };

    private static string? Text(PSObject given, string property) =>
        given.Properties[property]?.Value is { } value ? LanguagePrimitives.ConvertTo<string>(value) : null;

    // A job, a remote session and Export-Clixml make property bags of objects.
    private static SshSettings? ReadSsh(PSObject given, string typeName)
    {
        if (given.Properties[nameof(XenObject.Ssh)]?.Value is not { } value)
            return null;
        if (value is PSObject { BaseObject: SshSettings same })
            return same;
        var bag = PSObject.AsPSObject(value);
        if (bag.Properties[nameof(SshSettings.ConnectTimeout)]?.Value is not { } timeout)
            throw Errors.Of(
                ErrorIds.InvalidValue,
                $"The {typeName} that was piped in does not say any more how its host was reached. Give -Depth to what stored it."
            );
        return new SshSettings
        {
            UserName = Text(bag, nameof(SshSettings.UserName)),
            Port = Text(bag, nameof(SshSettings.Port)) is { } port ? int.Parse(port, CultureInfo.InvariantCulture) : null,
            KeyFilePath = Text(bag, nameof(SshSettings.KeyFilePath)),
            ConfigFile = Text(bag, nameof(SshSettings.ConfigFile)),
            ConnectTimeout = Time(timeout),
            Options = ReadOptions(bag),
        };
    }

    // JSON has a time as its parts.
    private static TimeSpan Time(object value) =>
        PSObject.AsPSObject(value).Properties[nameof(TimeSpan.Ticks)]?.Value is { } ticks
            ? TimeSpan.FromTicks(LanguagePrimitives.ConvertTo<long>(ticks))
            : LanguagePrimitives.ConvertTo<TimeSpan>(value);

    // JSON has a dictionary as an object.
    private static Dictionary<string, string> ReadOptions(PSObject bag)
    {
        var options = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        if (bag.Properties[nameof(SshSettings.Options)]?.Value is not { } value)
            return options;
        if ((value is PSObject wrapped ? wrapped.BaseObject : value) is IDictionary given)
        {
            foreach (DictionaryEntry entry in given)
                options[LanguagePrimitives.ConvertTo<string>(entry.Key)] = LanguagePrimitives.ConvertTo<string>(entry.Value);
        }
        else
        {
            foreach (var property in PSObject.AsPSObject(value).Properties.Where(p => p.MemberType is PSMemberTypes.NoteProperty))
                options[property.Name] = LanguagePrimitives.ConvertTo<string>(property.Value);
        }

        return options;
    }
}
