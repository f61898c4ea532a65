namespace XenVlan.Changes.Persistence.Domains;

/// <summary>
/// Reads the assignments of a domain's file, as Xen's <c>libxlu_cfg_y.y</c> does; for xm, those Python programs that
/// are nothing but assignments of plain values.
/// </summary>
internal sealed class ConfigParser(ConfigSource source)
{
    private static readonly string[] PythonConstants = ["None", "True", "False"];

    private readonly IReadOnlyList<ConfigToken> _tokens = new ConfigLexer(source).Read();
    private int _at;

    private ConfigToken Current => _tokens[_at];

    /// <summary>Reads the file.</summary>
    /// <returns>Its assignments, in order.</returns>
    /// <exception cref="Model.XenVlanException">All of <see cref="ConfigSource.Error"/>: it is not well formed.</exception>
    public IReadOnlyList<ConfigAssignment> Read()
    {
        var assignments = new List<ConfigAssignment>();
        while (true)
        {
            while (Current.Kind is ConfigTokenKind.LineBreak || Current.Is(";"))
                _at++;
            if (Current.Kind is ConfigTokenKind.End)
                return assignments;

            assignments.Add(Assignment());
            if (Current.Kind is not (ConfigTokenKind.LineBreak or ConfigTokenKind.End) && !Current.Is(";"))
                throw Unexpected("the end of the line");
        }
    }

    private ConfigAssignment Assignment()
    {
        var name = Current.Kind is ConfigTokenKind.Name ? _tokens[_at++] : throw Unexpected("a name");
        if (!Current.Is("=") && !Current.Is("+="))
            throw Unexpected($"\"=\" after {name.Shown}");
        var adds = _tokens[_at++].Is("+=");
        return new ConfigAssignment(name, adds, Value());
    }

    private ConfigValue Value()
    {
        var first = _tokens[_at];
        if (first.Kind is ConfigTokenKind.Text or ConfigTokenKind.Number || IsPythonConstant(first))
        {
            _at++;
            return new ConfigValue(first);
        }

        if (first.Is("["))
            return new ConfigValue(first, Items("]"));
        if (first.Is("("))
            return new ConfigValue(first, Items(")"));
        if (first.Is("-") && _tokens[_at + 1].Kind is ConfigTokenKind.Number)
        {
            _at += 2;
            return new ConfigValue(first);
        }

        throw Unexpected("a text in quotes, a number or \"[\"");
    }

    private List<ConfigValue> Items(string end)
    {
        var items = new List<ConfigValue>();
        _at++;
        SkipLineBreaks();
        while (!Current.Is(end))
        {
            items.Add(Value());
            SkipLineBreaks();
            if (Current.Is(","))
            {
                _at++;
                SkipLineBreaks();
            }
            else if (!Current.Is(end))
            {
                throw Unexpected($"\",\" or \"{end}\"");
            }
        }

        _at++;
        return items;
    }

    private void SkipLineBreaks()
    {
        while (Current.Kind is ConfigTokenKind.LineBreak)
            _at++;
    }

    private bool IsPythonConstant(ConfigToken token) =>
        source.Dialect is ConfigDialect.XM
        && token.Kind is ConfigTokenKind.Name
        && PythonConstants.Contains(token.Value, StringComparer.Ordinal);

    private Model.XenVlanException Unexpected(string wanted) =>
        source.Error(Current.Line, $"{wanted:unquoted} is expected, not {Current.Shown:unquoted}");
}
