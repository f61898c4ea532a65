namespace XenVlan.Hosts;

/// <summary>Shell of XenVlan's own, from a file beside the class that sends it.</summary>
internal sealed class EmbeddedScript
{
    private EmbeddedScript(string text)
    {
        Text = text;
        Code = string.Concat(text.Split('\n').Where(l => l.TrimStart() is not ("" or ['#', ..])).Select(l => l + '\n'));
    }

    /// <summary>All of the file.</summary>
    public string Text { get; }

    /// <summary>Its commands, without lines that are empty or comments, which nobody reads on a host.</summary>
    public string Code { get; }

    /// <summary>Finds a script.</summary>
    public static EmbeddedScript Load(string name)
    {
        using var stream =
            typeof(EmbeddedScript).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The script {name} is missing from the assembly.");
        using var reader = new StreamReader(stream);
        return new EmbeddedScript(reader.ReadToEnd());
    }
}
