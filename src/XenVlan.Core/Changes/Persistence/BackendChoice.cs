using XenVlan.Changes.Persistence.Common;
using XenVlan.Changes.Persistence.Files;
using XenVlan.Changes.Persistence.Ifupdown;
using XenVlan.Changes.Persistence.InitScript;
using XenVlan.Changes.Persistence.Netplan;
using XenVlan.Changes.Persistence.Networkd;
using XenVlan.Changes.Persistence.NetworkManagerProfiles;
using XenVlan.Changes.Persistence.NetworkScripts;
using XenVlan.Model;

namespace XenVlan.Changes.Persistence;

/// <summary>Chooses which manager's files hold an interface: what manages it, or what it is made of; never a guess.</summary>
internal sealed class BackendChoice
{
    private readonly HostSnapshot _host;
    private readonly DesiredNetwork _wanted;
    private readonly List<NetworkBackend> _managers;
    private readonly InitScriptBackend _script;

    /// <summary>Reads the files of the host's managers.</summary>
    /// <param name="planning">The files so far.</param>
    /// <param name="wanted">What is to last.</param>
    /// <exception cref="XenVlanException"><see cref="ErrorIds.NotSupported"/>: XAPI manages the network.</exception>
    public BackendChoice(FilePlanBuilder planning, DesiredNetwork wanted)
    {
        _host = planning.Host;
        _wanted = wanted;
        _managers = [.. _host.NetworkManagers.Select(m => Make(m, planning))];
        _script = new InitScriptBackend(planning);
    }

    /// <summary>What manages the host's network.</summary>
    public IReadOnlyList<NetworkBackend> Managers => _managers;

    /// <summary>The manager whose files configure an interface.</summary>
    /// <returns>Its backend; null where none does.</returns>
    /// <exception cref="XenVlanException"><see cref="ErrorIds.ConfigurationConflict"/>: several do.</exception>
    public NetworkBackend? Claiming(string name)
    {
        var claims = _managers
            .Append(_script)
            .Select(b => (Backend: b, Places: b.DefinitionsOf(name)))
            .Where(c => c.Places.Count > 0)
            .ToList();

        // netplan writes for one of these two.
        if (claims.Exists(c => c.Backend is NetplanBackend))
            _ = claims.RemoveAll(c => c.Backend is NetworkdBackend or KeyfileBackend);
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
            [var only] => only,
            _ => Preferred()
                ?? throw _host.Error(
                    ErrorIds.ConfigurationConflict,
                    $"Several network managers are at work on host {_host.HostName} "
                        + $"({string.Join(", ", _managers.Select(b => b.Name)):unquoted}), and none configures {wanted.Name} or what it "
                        + $"is made of, so there is no telling which to use. Configure {wanted.Vlan?.Parent ?? wanted.Name} in one of them "
                        + $"first. Nothing was changed."
                ),
        };
    }

    // netplan writes for networkd or NetworkManager, and NetworkManager reads the network scripts' files.
    private NetworkBackend? Preferred()
    {
        var others = _managers.Exists(b => b is NetplanBackend)
            ? _managers.Where(b => b is not (NetworkdBackend or KeyfileBackend)).ToList()
            : _managers.Where(b => b is not KeyfileBackend || !_managers.Exists(s => s is NetworkScriptsBackend)).ToList();
        return others is [var only] ? only : null;
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

    private static NetworkBackend Make(NetworkManager manager, FilePlanBuilder planning) =>
        manager switch
        {
            NetworkManager.Ifupdown => new IfupdownBackend(planning),
            NetworkManager.Netplan => new NetplanBackend(planning),
            NetworkManager.NetworkManager => new KeyfileBackend(planning),
            NetworkManager.SystemdNetworkd => new NetworkdBackend(planning),
            NetworkManager.NetworkScripts => new NetworkScriptsBackend(planning),
            _ => throw planning.Host.Error(
                ErrorIds.NotSupported,
                $"The network of host {planning.Host.HostName} belongs to XAPI, which would undo what its files "
                    + $"say. Use xe vlan-create, or {new ChangeOnlyWhatRuns()}. Nothing was changed."
            ),
        };
}
