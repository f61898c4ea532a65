using XenVlan.Changes.Persistence.Common;
using XenVlan.Changes.Persistence.Files;
using XenVlan.Changes.Persistence.InitScript;
using XenVlan.Model;

namespace XenVlan.Changes.Persistence;

/// <summary>Chooses which manager's files hold an interface: what manages it, or what it is made of; never a guess.</summary>
internal sealed class BackendChoice
{
    private readonly HostSnapshot _host;
    private readonly DesiredNetwork _wanted;
    private readonly List<(NetworkBackendEntry? Entry, NetworkBackend Backend)> _managers;
    private readonly InitScriptBackend _script;

    /// <summary>Reads the files of the host's managers.</summary>
    /// <param name="planning">The files so far.</param>
    /// <param name="wanted">What is to last.</param>
    /// <exception cref="XenVlanException"><see cref="ErrorIds.NotSupported"/>: XAPI manages the network.</exception>
    public BackendChoice(FilePlanBuilder planning, DesiredNetwork wanted)
    {
        _host = planning.Host;
        _wanted = wanted;
        _managers = [.. _host.NetworkManagers.Select(EntryOf).Select(entry => ((NetworkBackendEntry?)entry, entry.Make(planning)))];
        _script = new InitScriptBackend(planning);
    }

    /// <summary>What manages the host's network.</summary>
    public IEnumerable<NetworkBackend> Managers => _managers.Select(m => m.Backend);

    /// <summary>The manager whose files configure an interface.</summary>
    /// <returns>Its backend; null where none does.</returns>
    /// <exception cref="XenVlanException"><see cref="ErrorIds.ConfigurationConflict"/>: several do.</exception>
    public NetworkBackend? Claiming(string name)
    {
        var claims = _managers
            .Append((Entry: null, Backend: _script))
            .Select(m => (m.Entry, m.Backend, Places: m.Backend.DefinitionsOf(name)))
            .Where(c => c.Places.Count > 0)
            .ToList();
        var written = claims.SelectMany(c => c.Entry?.WritesFor ?? []).ToList();
        _ = claims.RemoveAll(c => c.Entry is { } entry && written.Contains(entry.Manager));
        return claims.Count <= 1
            ? claims.FirstOrDefault().Backend
            : throw _host.Error(
                ErrorIds.ConfigurationConflict,
                $"{name} of host {_host.HostName} is configured by several network managers: "
                    + $"{string.Join("; ", claims.Select(c => $"{c.Backend.Name} in {string.Join(", ", c.Places)}")):unquoted}. Leave it "
                    + $"to one of them. Nothing was changed."
            );
    }

    /// <summary>The manager that is to hold an interface.</summary>
    /// <exception cref="XenVlanException"><see cref="ErrorIds.ConfigurationConflict"/>: several could.</exception>
    public NetworkBackend For(DesiredInterface wanted)
    {
        // What a manager would make of a parent that xend renames later would be deaf.
        if (_host.Toolstack is Toolstack.Xend)
            return Claiming(wanted.Name) ?? _script;

        foreach (var name in Related(wanted.Name, []))
        {
            if (Claiming(name) is { } claiming)
                return claiming;
        }

        return _managers switch
        {
            [] => _script,
            [var only] => only.Backend,
            _ => Preferred()
                ?? throw _host.Error(
                    ErrorIds.ConfigurationConflict,
                    $"Several network managers are at work on host {_host.HostName} "
                        + $"({string.Join(", ", Managers.Select(b => b.Name)):unquoted}), and none configures {wanted.Name} or what it "
                        + $"is made of, so there is no telling which to use. Configure {wanted.Vlan?.Parent ?? wanted.Name} in one of them "
                        + $"first. Nothing was changed."
                ),
        };
    }

    private NetworkBackend? Preferred()
    {
        var left = _managers.SelectMany(m => m.Entry!.WritesFor.Concat(m.Entry.IsReadBy)).ToList();
        var others = _managers.Where(m => !left.Contains(m.Entry!.Manager)).ToList();
        return others is [var only] ? only.Backend : null;
    }

    // The interface, then what it is made of.
    private IEnumerable<string> Related(string name, HashSet<string> seen)
    {
        if (!seen.Add(name))
            return [];

        var wanted = _wanted.Present.FirstOrDefault(w => w.Name == name);
        var link = _host.FindInterface(name);
        var below = new[] { wanted?.Vlan?.Parent ?? link?.Vlan?.Parent, wanted?.Bridge ?? wanted?.Master }
            .Concat(wanted?.Ports ?? [])
            .OfType<string>();
        return [name, .. below.SelectMany(n => Related(n, seen))];
    }

    private NetworkBackendEntry EntryOf(NetworkManager manager) =>
        NetworkBackends.All.FirstOrDefault(b => b.Manager == manager)
        ?? throw _host.Error(
            ErrorIds.NotSupported,
            $"The network of host {_host.HostName} belongs to XAPI, which would undo what its files "
                + $"say. Use xe vlan-create, or {new ChangeOnlyWhatRuns()}. Nothing was changed."
        );
}
