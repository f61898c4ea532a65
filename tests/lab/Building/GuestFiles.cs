using System.Reflection;
using System.Security.Cryptography;
using System.Text;

namespace XenVlan.Lab.Building;

/// <summary>The files under <c>guest/</c>, which travel inside this assembly.</summary>
internal static class GuestFiles
{
    private const string Prefix = "guest/";

    private static readonly Assembly Assembly = typeof(GuestFiles).Assembly;

    private static readonly string[] Names =
    [
        .. Assembly
            .GetManifestResourceNames()
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>The lines of a list that are neither empty nor comments.</summary>
    public static IReadOnlyList<string> List(string name, string folder = "lists") =>
        [
            .. Encoding
                .UTF8.GetString(Read($"{Prefix}{folder}/{name}.txt"))
                .Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
                .Where(line => line[0] != '#'),
        ];

    /// <summary>The files of one folder, by their path in it.</summary>
    public static IEnumerable<(string Path, byte[] Content)> Tree(string folder)
    {
        var start = $"{Prefix}{folder}/";
        return Names.Where(name => name.StartsWith(start, StringComparison.Ordinal)).Select(name => (name[start.Length..], Read(name)));
    }

    /// <summary>A short hash of some of the files: those whose path begins with one of these.</summary>
    public static string Hash(params string[] beginnings)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (
            var name in Names.Where(name => beginnings.Any(beginning => name.StartsWith(Prefix + beginning, StringComparison.Ordinal)))
        )
        {
            hash.AppendData(Encoding.UTF8.GetBytes(name + "\n"));
            hash.AppendData(Read(name));
        }

        return Short(hash.GetHashAndReset());
    }

    public static string HashOf(params string[] texts) => Short(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', texts))));

    private static string Short(byte[] hash) => Convert.ToHexStringLower(hash)[..12];

    private static byte[] Read(string name)
    {
        using var stream =
            Assembly.GetManifestResourceStream(name) ?? throw new LabException($"{name} is not in {Assembly.GetName().Name}");
        var content = new byte[stream.Length];
        stream.ReadExactly(content);
        return content;
    }
}
