using System.Reflection;
using System.Text.RegularExpressions;
using Shouldly;
using XenVlan.Model;
using Xunit;

namespace XenVlan.Tests;

/// <summary>What is promised of the sources themselves. <c>tests/house.sh</c> prints the figures.</summary>
[Trait(House.Trait, House.Figures)]
public sealed partial class HouseTests
{
    private const int LongestLine = 140;

    // The lines of data are as their hosts printed them.
    private static IEnumerable<string> Sources =>
        House
            .Files("src", "tests", "examples", "module")
            .Where(f => Path.GetExtension(f) is ".cs" or ".sh" or ".ps1" or ".psm1" or ".hook" or ".psd1")
            .Append("build.sh")
            .Append("build.ps1");

    [Fact]
    public void No_line_is_longer_than_140_columns()
    {
        var sources = Sources.ToList();
        var lines = sources.SelectMany(f => House.Lines(f).Select((line, i) => (Place: $"{f}:{i + 1}", line.Length))).ToList();
        var tooLong = lines.Where(l => l.Length > LongestLine).Select(l => l.Place).ToList();

        House.Print(
            $"lines over {LongestLine} columns: {tooLong.Count} of {lines.Count} in {sources.Count} files of src, tests and examples"
        );
        lines.Count.ShouldBeGreaterThan(10_000);
        tooLong.ShouldBeEmpty();
    }

    [Fact]
    public void No_two_types_of_an_assembly_have_one_name()
    {
        var types = House
            .Files("src")
            .Where(f => f.EndsWith(".cs", StringComparison.Ordinal))
            .SelectMany(
                f => House.Lines(f).Select(l => Declaration().Match(l)).Where(m => m.Success),
                (f, m) => (File: f, m.Groups["name"].Value)
            )
            .Distinct()
            .ToList();
        var twice = types
            .GroupBy(t => (Project: t.File.Split('/')[1], t.Value))
            .Where(g => g.Count() > 1)
            .Select(g => $"{g.Key.Value}: {string.Join(", ", g.Select(t => t.File))}")
            .ToList();

        House.Print($"types of one name: {twice.Count} of {types.Count}");
        types.Count.ShouldBeGreaterThan(500);
        twice.ShouldBeEmpty();
    }

    [Fact]
    public void Files_are_of_a_size_to_be_read_in_one_sitting()
    {
        var files = House.Files("src").Where(f => f.EndsWith(".cs", StringComparison.Ordinal)).ToLookup(Path.GetDirectoryName, House.Lines);
        foreach (var folder in files.OrderBy(f => f.Key, StringComparer.Ordinal))
            House.Print(
                $"{folder.Key}: {folder.Count()} files, {folder.Sum(l => l.Length)} lines, the longest {folder.Max(l => l.Length)}"
            );

        files.SelectMany(f => f).Max(l => l.Length).ShouldBeLessThan(600);
    }

    [Fact]
    public void The_files_that_the_architecture_names_are_there()
    {
        var there = House.Files("src", "tests", "docs", "module").ToList();
        var page = string.Join('\n', House.Lines("docs/architecture.md"));
        var named = FileName().Matches(page).Select(m => m.Groups["name"].Value).Distinct(StringComparer.Ordinal).ToList();
        foreach (var part in page.Split("\n## ").Single(p => p.StartsWith("One command", StringComparison.Ordinal)).Split("\n`").Skip(1))
        {
            var files = FileName().Matches(part).Select(m => m.Groups["name"].Value).Distinct(StringComparer.Ordinal);
            var deciding = files.Count(f => !f.Contains("Legacy", StringComparison.Ordinal));
            House.Print($"files where something is decided for {part.Split('`')[0]}: {deciding}");
        }

        named.Count.ShouldBeGreaterThan(60);
        named.Where(name => !there.Exists(f => $"/{f}".EndsWith($"/{name}", StringComparison.Ordinal))).ShouldBeEmpty();
    }

    [Fact]
    public void An_error_is_made_in_one_place_only()
    {
        var sources = House.Files("src").Where(f => f.EndsWith(".cs", StringComparison.Ordinal)).ToList();
        var places = sources.Where(f => AnError().IsMatch(string.Join('\n', House.Lines(f)))).Select(Path.GetFileName).ToList();

        House.Print($"places that make an error: {places.Count} of {sources.Count} files");
        sources.Count.ShouldBeGreaterThan(300);
        places.ShouldBe(["Errors.cs"], "An error is made by host.Error(id, $\"…\") or Errors.Of, which clean what they are told.");
        typeof(XenVlanException).GetConstructors().ShouldBeEmpty();
        typeof(XenVlanException)
            .GetConstructors(BindingFlags.Instance | BindingFlags.NonPublic)
            .Single()
            .GetParameters()[1]
            .ParameterType.ShouldBe(typeof(Message));
    }

    [Fact]
    public void Core_speaks_the_words_of_no_face()
    {
        var sources = House.Files("src/XenVlan.Core").ToList();
        var words = sources
            .SelectMany(f => House.Lines(f).Select((line, i) => (Place: $"{f}:{i + 1}", Word: OfAFace().Match(line))))
            .Where(w => w.Word.Success)
            .Select(w => $"{w.Place}: {w.Word.Value}")
            .ToList();

        House.Print($"words of PowerShell or the command line in Core: {words.Count} in {sources.Count} files");
        sources.Count.ShouldBeGreaterThan(200);
        words.ShouldBeEmpty("Say what is to be done as a Remedy, which each face words.");
        OfAFace().IsMatch("see it with Get-XenTransaction").ShouldBeTrue();
        OfAFace().IsMatch("change only what runs: -Scope Running").ShouldBeTrue();
        OfAFace().IsMatch("run 'xenvlan apply'").ShouldBeTrue();
        OfAFace().IsMatch("/etc/xen/scripts/50-xenvlan.hook").ShouldBeFalse();
        OfAFace().IsMatch("ip link set dev eth0 --oneline").ShouldBeFalse();
    }

    // A path's beginning may be left out, and that of Core is.
    [GeneratedRegex("`(?:Core/)?(?<name>[A-Za-z/-]+\\.(?:cs|sh|md|ps1xml))`", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex FileName();

    // A cmdlet, a parameter of one, an option of xenvlan's, or xenvlan with a verb.
    [GeneratedRegex(
        @"\b[A-Z][a-z]+-Xen[A-Z]\w*|(?<![\w-])-(?:Scope|HostName|DomainName|Index|Bridge|AccessVlan|AllowedVlans|NativeVlan|VlanId|Parent"
            + @"|TcpPort|Snapshot|WhatIf|PassThru|ConfirmTimeout|NoRollback)\b"
            + @"|--(?:scope|host|from|to|trace|mesh|confirm-timeout|no-rollback|output|ssh-option)\b"
            + @"|\bxenvlan (?:show|export|compare|apply|check|test-path|draw|transaction)\b|\b[Cc]mdlets?\b|PowerShell",
        RegexOptions.CultureInvariant,
        1000
    )]
    private static partial Regex OfAFace();

    [GeneratedRegex(@"\bnew XenVlanException\s*\(|\bnew\s*\(\s*ErrorIds\.", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex AnError();

    [GeneratedRegex(
        @"^(?:(?:public|internal|sealed|abstract|static|readonly|partial) )*"
            + @"(?:class|record struct|record|struct|interface|enum) (?<name>\w+)",
        RegexOptions.None,
        1000
    )]
    private static partial Regex Declaration();
}
