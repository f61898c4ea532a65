namespace XenVlan.Cli.Tests;

/// <summary>A file that is there as long as a test runs.</summary>
internal sealed class TextFile : IDisposable
{
    public TextFile(string text)
    {
        Path = System.IO.Path.Combine(System.IO.Path.GetTempPath(), System.IO.Path.GetRandomFileName() + ".yaml");
        File.WriteAllText(Path, text);
    }

    public string Path { get; }

    public void Dispose() => File.Delete(Path);
}
