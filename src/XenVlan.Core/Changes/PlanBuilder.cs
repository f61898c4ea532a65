using System.Globalization;
using XenVlan.Changes.Commands;
using XenVlan.Hosts;
using XenVlan.Model;

namespace XenVlan.Changes;

/// <summary>A plan in the making: the steps so far, and the host as it will be after them.</summary>
internal sealed class PlanBuilder(HostSnapshot before)
{
    private readonly HostSnapshot _before = before;
    private readonly List<ChangeStep> _steps = [];
    private readonly PlanNotes _notes = new();
    private readonly List<(string Link, InterfaceAddress Address)> _given = [];
    private readonly List<(string Bridge, VlanSet Vlans)> _let = [];
    private readonly HashSet<string> _asked = [];

    /// <summary>The host as it will be after the steps so far.</summary>
    public HostSnapshot Host { get; private set; } = before;

    /// <summary>The steps so far.</summary>
    public IReadOnlyList<ChangeStep> Steps => _steps;

    /// <summary>What the user should know about the plan.</summary>
    public IReadOnlyList<string> Notes => _notes.Sentences;

    /// <summary>How interfaces are changed on this host.</summary>
    public LinkCommands Links { get; } = LinkCommands.For(before);

    /// <summary>Adds a step.</summary>
    /// <param name="description">What it does, in words.</param>
    /// <param name="todo">The command.</param>
    /// <param name="undo">The command that undoes it.</param>
    /// <param name="link">The interface the step is about.</param>
    /// <param name="failsAs">The error, for a step that only looks for something.</param>
    /// <param name="keeps">What else goes with the step and comes back when it is undone.</param>
    public void Add(
        string description,
        ShellCommand todo,
        ShellCommand undo,
        string? link = null,
        string? failsAs = null,
        IReadOnlyList<KeptState>? keeps = null
    ) =>
        _steps.Add(
            new ChangeStep(description, todo, undo, link is not null && _before.FindInterface(link) is null ? link : null)
            {
                FailsAs = failsAs,
                Keeps = keeps ?? [],
            }
        );

    /// <summary>Adds a step with all that the kernel does besides, which is said, and undone after the step itself.</summary>
    /// <param name="description">What it does, in words.</param>
    /// <param name="todo">The command.</param>
    /// <param name="undo">The command that undoes it.</param>
    /// <param name="after">The host afterwards.</param>
    /// <param name="link">The interface the step is about.</param>
    /// <param name="keeps">What else goes with the step and comes back when it is undone.</param>
    public void Add(
        string description,
        ShellCommand todo,
        ShellCommand undo,
        HostSnapshot after,
        string? link = null,
        params IReadOnlyList<KeptState> keeps
    )
    {
        var changed = MtuEffects.Changed(Host, after);
        var others = changed.Where(i => i.Name != link).ToList();
        var risen = after
            .Interfaces.Where(i => i.IsUp && i.Name != link && Host.FindInterface(i.Name) is { IsUp: false })
            .Select(i => i.Name)
            .ToList();
        var said = others
            .Select(i =>
                string.Create(CultureInfo.InvariantCulture, $"{i.Name} follows from {i.Mtu} to {after.FindInterface(i.Name)!.Mtu}")
            )
            .Concat(risen.Select(name => $"{name} comes up as well"))
            .ToList();

        // A bridge that goes back by itself is not touched: it would remember that somebody has set its MTU.
        var mtus = others
            .Where(i => _before.FindInterface(i.Name) is not null)
            .Select(i => ShellCommand.Unless($"/sys/class/net/{i.Name}/mtu", i.Mtu, Links.SetMtu(i.Name, i.Mtu)));

        // All of IPv6 goes with an MTU that is too small for it, and its addresses when an interface is set down again.
        var lost = changed
            .Where(i => i.Mtu >= MtuEffects.LeastOfIPv6 && after.FindInterface(i.Name)!.Mtu < MtuEffects.LeastOfIPv6)
            .Select(i => new KeptState(i.Name, KeptExtent.Link))
            .Concat(risen.Where(name => HasIPv6(Host.FindInterface(name)!)).Select(name => new KeptState(name, KeptExtent.Addresses)))
            .Where(k => _before.FindInterface(k.Link) is not null && keeps.All(other => other.Link != k.Link));
        Add(
            $"{description}{string.Concat(said.Select(s => "; " + s))}",
            todo,
            ShellCommand.All([undo, .. mtus]),
            link,
            keeps: [.. keeps, .. lost]
        );
        Host = after;
    }

    /// <summary>Says which VLAN interface the last step removes.</summary>
    public void Removes(string name, string parent, VlanId id, VlanProtocol protocol) =>
        _steps[^1] = _steps[^1] with { GoneVlan = (name, parent, id, protocol) };

    /// <summary>Takes note that an interface's MTU was asked for.</summary>
    public void Ask(string link) => _asked.Add(link);

    /// <summary>Gives an interface an address, when everything else is done.</summary>
    public void Give(string link, InterfaceAddress address) => _given.Add((link, address));

    /// <summary>Whether an interface is to get an address at the end.</summary>
    public bool IsGiven(string link, InterfaceAddress address) => _given.Contains((link, address));

    /// <summary>Lets an interface not get an address that it was to get.</summary>
    /// <returns>Whether it was to get it.</returns>
    public bool Forget(string link, InterfaceAddress address) => _given.Remove((link, address));

    /// <summary>Whether an interface has an address of IPv6 before the addresses are given that come last.</summary>
    public bool HasIPv6(NetworkInterface link) => link.Addresses.Any(a => a.IsIPv6 && !IsGiven(link.Name, a));

    /// <summary>Wants VLANs of a bridge to leave the machine; whether they do is seen when everything else is done.</summary>
    public void LetOut(string bridge, VlanSet vlans) => _let.Add((bridge, vlans));

    /// <summary>Adds the steps that come last, and says what the plan does besides what was asked for.</summary>
    public void Finish()
    {
        AddressSteps.Add(this, _given);
        foreach (var (name, vlans) in _let)
        {
            if (Host.FindInterface(name) is { Bridge.VlanFiltering: true } bridge)
                UplinkNotes.AddMissing(this, bridge, vlans);
        }

        SideEffects.Note(this, _before, _asked);
    }

    /// <summary>Adds something the user should know, once.</summary>
    public void Note(string text) => _notes.Add(text);

    /// <summary>The interface as it will be, or an error that says what there is.</summary>
    public NetworkInterface Get(InterfaceName name) => Host.GetInterface(name);

    /// <summary>Puts an interface in place of the one of that name, or adds it.</summary>
    public void Put(NetworkInterface changed) => Host = With(changed);

    /// <summary>The host with an interface in place of the one of that name, or with one more.</summary>
    public HostSnapshot With(NetworkInterface changed)
    {
        var others = Host.Interfaces.Where(i => i.Name != changed.Name);
        return Host with { Interfaces = [.. others, changed] };
    }

    /// <summary>The host without an interface.</summary>
    public HostSnapshot Without(string name) => Host with { Interfaces = [.. Host.Interfaces.Where(i => i.Name != name)] };

    /// <summary>The bridge that filters VLANs and has the interface as its port, or is the interface itself.</summary>
    /// <returns>The bridge; null where none filters.</returns>
    public NetworkInterface? FilteringBridgeOf(NetworkInterface link)
    {
        var bridge = link.Bridge is null ? Host.FindInterface(link.Master) : link;
        return bridge?.Bridge is { VlanFiltering: true } ? bridge : null;
    }
}
