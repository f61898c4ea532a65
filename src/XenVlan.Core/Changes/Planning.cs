using XenVlan.Hosts;
using XenVlan.Model;

namespace XenVlan.Changes;

/// <summary>A plan in the making: the steps so far, and the host as it will be after them.</summary>
internal sealed class Planning(HostSnapshot before)
{
    private readonly HostSnapshot _before = before;
    private readonly List<ChangeStep> _steps = [];
    private readonly List<string> _notes = [];
    private readonly List<(string Link, InterfaceAddress Address)> _given = [];

    /// <summary>The host as it will be after the steps so far.</summary>
    public HostSnapshot Host { get; private set; } = before;

    /// <summary>The steps so far.</summary>
    public IReadOnlyList<ChangeStep> Steps => _steps;

    /// <summary>What the user should know about the plan.</summary>
    public IReadOnlyList<string> Notes => _notes;

    /// <summary>How interfaces are changed on this host.</summary>
    public LinkCommands Links { get; } = LinkCommands.For(before);

    /// <summary>Adds a step.</summary>
    /// <param name="description">What it does, in words.</param>
    /// <param name="todo">The command.</param>
    /// <param name="undo">The command that takes it back.</param>
    /// <param name="routesOf">The interface whose routes go with the step and come back when it is undone.</param>
    /// <param name="link">The interface the step is about.</param>
    /// <param name="failsAs">The error, for a step that only looks for something.</param>
    public void Add(string description, ShellCommand todo, ShellCommand undo, string? routesOf = null, string? link = null, string? failsAs = null) =>
        _steps.Add(new ChangeStep(description, todo, undo, routesOf, link is not null && _before.FindInterface(link) is null ? link : null) { FailsAs = failsAs });

    /// <summary>Gives an interface an address, when everything else is done.</summary>
    /// <param name="link">The interface.</param>
    /// <param name="address">The address.</param>
    public void Give(string link, InterfaceAddress address) => _given.Add((link, address));

    /// <summary>Whether an interface is to get an address at the end.</summary>
    /// <param name="link">The interface.</param>
    /// <param name="address">The address.</param>
    /// <returns>Whether it is.</returns>
    public bool IsGiven(string link, InterfaceAddress address) => _given.Contains((link, address));

    /// <summary>Lets an interface not get an address that it was to get.</summary>
    /// <param name="link">The interface.</param>
    /// <param name="address">The address.</param>
    /// <returns>Whether it was to get it.</returns>
    public bool Forget(string link, InterfaceAddress address) => _given.Remove((link, address));

    /// <summary>Adds the steps that come last.</summary>
    public void Finish() => AddressSteps.Add(this, _given);

    /// <summary>Adds something the user should know, once.</summary>
    /// <param name="text">A sentence.</param>
    public void Note(string text)
    {
        if (!_notes.Contains(text, StringComparer.Ordinal))
            _notes.Add(text);
    }

    /// <summary>The interface as it will be, or an error that says what there is.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>The interface.</returns>
    public NetworkInterface Get(InterfaceName name) => Host.GetInterface(name);

    /// <summary>Puts an interface in place of the one of that name, or adds it.</summary>
    /// <param name="changed">The interface as it will be.</param>
    public void Put(NetworkInterface changed)
    {
        var others = Host.Interfaces.Where(i => !string.Equals(i.Name, changed.Name, StringComparison.Ordinal));
        Host = Host with { Interfaces = [.. others, changed] };
    }

    /// <summary>Takes an interface away.</summary>
    /// <param name="name">Its name.</param>
    public void Take(string name) =>
        Host = Host with { Interfaces = [.. Host.Interfaces.Where(i => !string.Equals(i.Name, name, StringComparison.Ordinal))] };

    /// <summary>The bridge that filters VLANs and has the interface as its port, or is the interface itself.</summary>
    /// <param name="link">The interface.</param>
    /// <returns>The bridge; null where none filters.</returns>
    public NetworkInterface? FilteringBridgeOf(NetworkInterface link)
    {
        var bridge = link.Bridge is null ? Host.FindInterface(link.Master) : link;
        return bridge?.Bridge is { VlanFiltering: true } ? bridge : null;
    }
}
