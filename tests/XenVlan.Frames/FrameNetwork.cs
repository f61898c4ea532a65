namespace XenVlan.Frames;

/// <summary>The ends and bridges of a plan, opened each in its namespace.</summary>
internal sealed class FrameNetwork : IDisposable
{
    private readonly List<FrameEnd> _ends = [];
    private readonly List<ForwardingTable> _tables = [];
    private readonly List<string> _problems = [];

    private FrameNetwork() { }

    /// <summary>The ends that are there.</summary>
    public IReadOnlyList<FrameEnd> Ends => _ends;

    /// <summary>Opens what is there; what is missing is reported.</summary>
    /// <param name="plan">What is to be there.</param>
    public static FrameNetwork Open(FramePlan plan)
    {
        var network = new FrameNetwork();
        foreach (var (space, name) in plan.Bridges)
            network.Try(space, name, () => network._tables.Add(new ForwardingTable(name)));
        for (var number = 0; number < plan.Ends.Count; number++)
        {
            var (space, name, address) = plan.Ends[number];
            var own = number;
            network.Try(space, name, () => network._ends.Add(FrameEnd.Open(own, name, address)));
        }

        return network;
    }

    /// <summary>Prints what is missing, a line each: <c>missing NAMESPACE NAME: why</c>.</summary>
    public void Report(TextWriter output)
    {
        foreach (var problem in _problems)
            output.WriteLine(problem);
    }

    /// <summary>Makes all bridges forget what they learned, so that no question hangs on those before it.</summary>
    public void Forget()
    {
        foreach (var table in _tables)
            table.Flush();
    }

    public void Dispose()
    {
        foreach (var end in _ends)
            end.Dispose();
        foreach (var table in _tables)
            table.Dispose();
    }

    private void Try(string space, string name, Action open)
    {
        try
        {
            NetworkNamespace.Enter(space);
            open();
        }
        catch (IOException e)
        {
            _problems.Add($"missing {space} {name}: {e.Message}");
        }
    }
}
