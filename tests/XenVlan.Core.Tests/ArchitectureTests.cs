using ArchUnitNET.Loader;
using Shouldly;
using XenVlan.Model;
using Xunit;

namespace XenVlan.Tests;

/// <summary>The layers of Core, and no folder that needs itself by way of another.</summary>
[Trait(House.Trait, House.Figures)]
public sealed class ArchitectureTests
{
    // Each knows those before it only.
    private static readonly string[] Layers = ["Model", "Hosts", "Discovery", "Changes", "Paths", "Topology", "Drawing"];

    private static readonly ILookup<string, string> Needs = Read();

    [Fact]
    public void Each_layer_needs_only_those_below_it()
    {
        var arrows = Needs.SelectMany(from => from.Select(to => (From: from.Key, To: to))).ToList();

        arrows.Count.ShouldBeGreaterThan(Layers.Length);
        arrows.Select(a => LayerOf(a.From)).ShouldNotContain(-1);
        var back = arrows.Where(a => LayerOf(a.To) > LayerOf(a.From)).ToList();
        House.Print($"arrows from a layer to one above it: {back.Count} of {arrows.Count} between folders");
        back.ShouldBeEmpty();
    }

    [Fact]
    public void No_folder_needs_itself_by_way_of_another()
    {
        var inRings = Needs.Select(n => n.Key).Where(folder => NeededBy(folder).Contains(folder)).ToList();
        House.Print($"folders in a ring: {inRings.Count} of {Needs.Count}");
        inRings.ShouldBeEmpty();
    }

    private static int LayerOf(string folder) => Array.IndexOf(Layers, folder.Split('.')[1]);

    private static HashSet<string> NeededBy(string folder)
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        var next = new Stack<string>(Needs[folder]);
        while (next.TryPop(out var other))
        {
            if (!found.Add(other))
                continue;
            foreach (var further in Needs[other])
                next.Push(further);
        }

        return found;
    }

    // A folder is a namespace. The rooms of Model share one: what users script against has one name.
    private static ILookup<string, string> Read() =>
        new ArchLoader()
            .LoadAssembly(typeof(XenVlanException).Assembly)
            .Build()
            .Types.SelectMany(t => t.Dependencies)
            // A type parameter is in no folder.
            .Where(d => d.Origin.Namespace is not null && d.Target.Namespace is not null)
            .Select(d => (From: d.Origin.Namespace.FullName, To: d.Target.Namespace.FullName))
            .Where(d =>
                d.From != d.To
                && d.From.StartsWith("XenVlan.", StringComparison.Ordinal)
                && d.To.StartsWith("XenVlan.", StringComparison.Ordinal)
            )
            .Distinct()
            .ToLookup(d => d.From, d => d.To, StringComparer.Ordinal);
}
