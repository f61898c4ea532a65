namespace XenVlan.Changes.Persistence.NetplanYaml;

/// <summary>A file of netplan.</summary>
/// <param name="Root">What it says.</param>
/// <param name="Problem">Line and problem, where it is not YAML.</param>
internal sealed record NetplanFile(NetplanMap Root, (int Line, string What)? Problem)
{
    /// <summary>Reads a file.</summary>
    /// <param name="text">What is in it, a byte a character.</param>
    /// <returns>The file.</returns>
    public static NetplanFile Read(string text)
    {
        var root = NetplanReader.Read(text, out var problem);
        return new NetplanFile(root, problem);
    }
}
