namespace XenVlan.Changes.Transactions;

/// <summary>
/// The interfaces that a plan may change: those that its commands name, what they are ports of, and the VLAN interfaces on
/// either, which the kernel changes with them.
/// </summary>
internal static class TouchedLinks
{
    /// <summary>Finds them.</summary>
    /// <returns>Their names, which a shell takes for a word each, in order.</returns>
    public static IReadOnlyList<string> Of(ChangePlan plan)
    {
        var all = plan.Before.Interfaces.Concat(plan.After.Interfaces).ToList();
        var words = plan
            .Steps.SelectMany(s => new[] { s.Do.Text, s.Undo.Text })
            .SelectMany(t => t.Split([' ', '/', '\'', '"', '=', ',', ';', '>'], StringSplitOptions.RemoveEmptyEntries))
            .ToHashSet(StringComparer.Ordinal);
        var touched = all.Select(i => i.Name).Where(words.Contains).ToHashSet(StringComparer.Ordinal);
        touched.UnionWith(
            all.Where(i => touched.Contains(i.Name)).SelectMany(i => new[] { i.Master, i.Vlan?.Parent }).OfType<string>().ToList()
        );

        // On a VLAN interface there may be another one.
        for (var count = -1; count != touched.Count; )
        {
            count = touched.Count;
            touched.UnionWith(
                all.Where(i => i.Vlan is { } vlan && vlan.Parent is { } parent && touched.Contains(parent)).Select(i => i.Name).ToList()
            );
        }

        return [.. touched.Where(IsPlain).Order(StringComparer.Ordinal)];
    }

    private static bool IsPlain(string name) => name.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-' or ':' or '@');
}
