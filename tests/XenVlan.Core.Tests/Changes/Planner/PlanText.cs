using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Text;
using XenVlan.Changes;
using XenVlan.Changes.Desired;
using XenVlan.Changes.Persistence.Domains;
using XenVlan.Changes.Persistence.Files;
using XenVlan.Hosts;
using XenVlan.Model;

namespace XenVlan.Tests.Changes.Planner;

/// <summary>How tables of plans are laid out.</summary>
internal static class PlanText
{
    private const int LinesAround = 1;
    private const int LinesOfScript = 2;
    private const int Width = 108;
    public static readonly string Line = new('-', 120);

    /// <summary>A table.</summary>
    public static string Of(PlanTable table)
    {
        var text = new StringBuilder(table.Text).Append('\n');
        if (table.Common is { } common)
        {
            text.Append('\n');
            Part(text, "host", Picture(common));
            foreach (var file in common.Configuration.Files)
                Part(text, "given", Given(file));
        }

        foreach (var one in table.Cases)
            text.Append('\n').Append(Line).Append('\n').Append(Of(one, table.Common));
        return text.ToString();
    }

    /// <summary>What is wanted: its type, and what was said of it.</summary>
    public static string Of(object wanted) =>
        string.Join(
            "  ",
            wanted
                .GetType()
                .GetProperties(BindingFlags.Public | BindingFlags.Instance)
                .Where(p => p is { Name: not nameof(VlanInterfacePresent.EffectiveName), CanWrite: true })
                .Select(p => (p.Name, Value: p.GetValue(wanted)))
                .Where(p => p.Value is not (null or VlanProtocol.Dot1Q or ICollection { Count: 0 }))
                .Select(p => $"{p.Name}={Value(p.Value!)}")
                .Prepend(wanted.GetType().Name)
        );

    private static string Of(PlanCase one, NetworkHost? common)
    {
        var text = new StringBuilder();
        foreach (var line in Wrapped(one.Title))
            text.Append(line).Append('\n');
        text.Append('\n');
        Part(text, "host", common is null ? Picture(one.Host) : Differences([.. Picture(common)], [.. Picture(one.Host)], 0));
        foreach (var file in one.Host.Configuration.Files.Except(common?.Configuration.Files ?? []))
            Part(
                text,
                "given",
                common?.Configuration.Find(file.Path) is { } usual && !IsScript(usual.Content) ? Given(usual, file) : Given(file)
            );
        foreach (
            var path in (common?.Configuration.Files ?? []).Select(f => f.Path).Except(one.Host.Configuration.Files.Select(f => f.Path))
        )
            Part(text, "given", [$"no {path}"]);
        foreach (var path in one.Host.Configuration.Unreadable)
            Part(text, "given", [$"{path}, which cannot be read"]);
        foreach (var line in one.Host.Configuration.ScriptLines)
            Part(text, "given", [$"{line.Path}, line {line.Number.ToString(CultureInfo.InvariantCulture)}: {line.Text}"]);
        Part(text, "wanted", one.Wanted.Select(w => w.Text));
        var (plan, refusal) = one.Run();
        if (refusal is not null)
            text.Append(Of(refusal));
        if (plan is not null)
            text.Append(common is null ? Of(plan) : FilesOf(plan));
        return text.ToString();
    }

    /// <summary>A host as a small picture.</summary>
    public static string Of(NetworkHost host)
    {
        var text = new StringBuilder();
        Part(text, "host", Picture(host));
        return text.ToString();
    }

    /// <summary>An error.</summary>
    public static string Of(XenVlanException refusal)
    {
        var text = new StringBuilder();
        Part(
            text,
            "refused",
            [
                refusal.ErrorId + (refusal.Target is { } target ? $", about {target}" : ""),
                .. refusal.Message.Split('\n').SelectMany(l => Wrapped(l)),
            ]
        );
        return text.ToString();
    }

    /// <summary>A plan: its steps, its notes, and what is different afterwards.</summary>
    public static string Of(ChangePlan plan)
    {
        var text = new StringBuilder();
        Part(text, "steps", plan.Steps.SelectMany(Step).DefaultIfEmpty("none"));
        Part(text, "notes", plan.Notes.SelectMany(n => Wrapped(n)));
        Part(text, "after", Differences([.. FlatLinks(plan.Before)], [.. FlatLinks(InOrderOf(plan.Before, plan.After))], 0));
        foreach (var file in plan.Files)
            Part(text, "file", File(file));
        return text.ToString();
    }

    private static string FilesOf(ChangePlan plan)
    {
        var text = new StringBuilder();
        Part(text, "notes", plan.Notes.SelectMany(n => Wrapped(n)));
        if (plan.Files.Count == 0)
            Part(text, "files", ["none"]);
        foreach (var file in plan.Files)
            Part(text, "file", File(file));
        return text.ToString();
    }

    // Sentences over several lines.
    private static IEnumerable<string> Wrapped(string text, string indent = "")
    {
        for (var rest = text; ; )
        {
            var end = rest.Length <= Width ? rest.Length : rest.LastIndexOf(' ', Width);
            if (end <= indent.Length)
                end = rest.IndexOf(' ', indent.Length) is > 0 and var next ? next : rest.Length;
            yield return rest[..end];
            if (end == rest.Length)
                yield break;
            rest = indent + rest[(end + 1)..];
        }
    }

    private static void Part(StringBuilder text, string name, IEnumerable<string> lines)
    {
        foreach (var line in lines)
        {
            text.Append("  ").Append(name.PadRight(9)).Append(line).Append('\n');
            name = "";
        }
    }

    private static IEnumerable<string> Step(ChangeStep step, int index)
    {
        var number = $"{(index + 1).ToString(CultureInfo.InvariantCulture)}. ";
        foreach (var line in Wrapped(number + step.Description, "   "))
            yield return line;
        foreach (var line in Commands("do", step.Do).Concat(step.Undo == ShellCommand.Nothing ? [] : Commands("undo", step.Undo)))
            yield return line;
        foreach (var kept in step.Keeps)
            yield return $"   kept  {kept.Link}: {Words(kept.Extent)}";
        if (step.GoneVlan is { } gone)
            yield return $"   goes  {gone.Name}: where something else has made it again, the undo goes on with that";
        if (step.FailsAs is { } error)
            yield return $"   fails as {error}";
    }

    private static IEnumerable<string> Commands(string name, ShellCommand command) =>
        command.Parts.Select((part, i) => $"   {(i == 0 ? name : "").PadRight(6)}{part.Text}");

    private static string Words(KeptExtent extent) =>
        extent switch
        {
            KeptExtent.Addresses => "its addresses and routes",
            KeptExtent.Port => "its addresses, routes and settings as a port",
            _ => "its addresses, routes, settings as a port and sysctls",
        };

    private static IEnumerable<string> Picture(HostSnapshot host)
    {
        var usual = Network.Host().Snapshot;
        string[] words =
        [
            host.HostName,
            .. host.Kernel == usual.Kernel ? Array.Empty<string>() : [$"Linux {host.Kernel}"],
            .. host.XenVersion == usual.XenVersion && host.Toolstack == usual.Toolstack
                ? Array.Empty<string>()
                : [$"Xen {host.XenVersion} with {host.Toolstack}"],
            .. host.Programs.SequenceEqual(usual.Programs) ? Array.Empty<string>() : ["tools " + string.Join(' ', host.Programs)],
            .. host.NetworkManagers.Count == 0 ? Array.Empty<string>() : [string.Join(" and ", host.NetworkManagers)],
        ];
        yield return string.Join(", ", words);
        foreach (var link in Links(host))
            yield return "  " + link;
    }

    private static HostSnapshot InOrderOf(HostSnapshot before, HostSnapshot after)
    {
        var names = before.Interfaces.Select(i => i.Name).ToList();
        return after with { Interfaces = [.. after.Interfaces.OrderBy(i => (uint)names.IndexOf(i.Name))] };
    }

    private static bool IsPort(HostSnapshot host, NetworkInterface link) =>
        link.Port is not null && host.FindInterface(link.Master)?.Bridge is not null;

    // The ports of a bridge below it.
    private static IEnumerable<string> Links(HostSnapshot host)
    {
        foreach (var link in host.Interfaces.Where(i => !IsPort(host, i)))
        {
            yield return Link(host, link);
            foreach (var port in host.Interfaces.Where(i => IsPort(host, i) && i.Master == link.Name))
                yield return Link(host, port, "|- ");
        }
    }

    private static IEnumerable<string> FlatLinks(HostSnapshot host) =>
        host.Interfaces.Select(i => Link(host, i, bridge: IsPort(host, i) ? i.Master : null));

    private static string Link(HostSnapshot host, NetworkInterface link, string indent = "", string? bridge = null)
    {
        var filter = link.Bridge is not null ? link : host.FindInterface(link.Master);
        string[] words =
        [
            link.Vlan is { } vlan
                ? $"VLAN {vlan.Id?.ToString() ?? "?"} of {vlan.Parent}{(vlan.Protocol is VlanProtocol.Dot1AD ? ", 802.1ad" : "")}"
            : link.Vif is { } vif
                ? $"{(link.Kind is InterfaceKind.Tap ? "tap" : "vif")} of {DisplayText.Clean(host.FindDomain(vif.DomainId)?.Name ?? "?")}"
            : link.Bridge is { } details ? (details.VlanFiltering ? "bridge, filters VLANs" : "bridge, passes all frames")
            : link.Kind switch
            {
                InterfaceKind.Physical => "NIC",
                InterfaceKind.OpenVSwitch => "bridge of Open vSwitch",
                InterfaceKind.Bond => "bond of " + string.Join(" and ", link.Bond!.Slaves),
                _ => link.Kind.ToString(),
            },
            .. host.OpenVSwitchBridges.FirstOrDefault(b => b.Ports.Any(p => p.Name == link.Name)) is { } above
                ? [$"port of {above.Name}"]
                : Array.Empty<string>(),
            .. bridge is null ? Array.Empty<string>() : [$"on {bridge}"],
            .. filter?.Bridge is { VlanFiltering: true } && (link.Port is not null || link.Bridge is not null)
                ? [link.PortVlans is { } own ? Vlans(own) : "VLANs not seen"]
                : Array.Empty<string>(),
            .. link.Mtu == 1500 ? Array.Empty<string>() : [string.Create(CultureInfo.InvariantCulture, $"MTU {link.Mtu}")],
            .. link.Mac is { IsZero: true } ? ["no MAC address"] : Array.Empty<string>(),
            .. link.Offloads is { TransmitChecksum: false } ? ["no transmit checksum offload"] : Array.Empty<string>(),
            .. link.IsUp ? Array.Empty<string>() : ["down"],
            .. link.Addresses.Select(a => a.ToString()),
        ];
        return $"{indent + link.Name, -16}{string.Join(", ", words)}";
    }

    private static string Vlans(PortVlans vlans)
    {
        if (vlans.Allowed.IsEmpty)
            return "no VLAN";
        var tagged = vlans.Allowed.Except(vlans.Untagged);
        string[] words =
        [
            .. vlans.Untagged.IsEmpty ? Array.Empty<string>() : [$"VLAN {vlans.Untagged} untagged"],
            .. tagged.IsEmpty ? Array.Empty<string>() : [$"VLAN {tagged} tagged"],
            .. vlans.Pvid is { } pvid && !vlans.Untagged.Equals(VlanSet.Of(pvid)) ? [$"untagged frames enter as {pvid}"]
            : vlans.Pvid is null && !vlans.Untagged.IsEmpty ? ["no untagged frame enters"]
            : Array.Empty<string>(),
        ];
        return string.Join(", ", words);
    }

    private static string Value(object value) =>
        value switch
        {
            PortVlans vlans => $"({Vlans(vlans)})",
            string text => text,
            bool flag => flag ? "yes" : "no",
            IEnumerable<InterfaceAddress> list => $"({string.Join(", ", list)})",
            _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
        };

    private static IEnumerable<string> File(FileChange file)
    {
        var what =
            file.After is null ? "removed"
            : file.Before is not null ? "changed"
            : file.IsLink ? "new link"
            : $"new, mode {file.Mode}";
        yield return $"{file.Path} ({what})";
        foreach (var line in Wrapped($"  to {file.Description}", "  "))
            yield return line;
        if (file.IsLink || IsScript(file.After) || IsScript(file.Before))
            yield break;
        foreach (var line in Differences(Lines(file.Before), Lines(file.After), LinesAround))
            yield return "  " + line;
    }

    private static IEnumerable<string> Given(HostFile file) =>
        Lines(file.Content)
            .Take(IsScript(file.Content) ? LinesOfScript : int.MaxValue)
            .Select(l => ("  " + l).TrimEnd())
            .Prepend(file.LinkTarget is { } target ? $"{file.Path}, a link to {target}" : file.Path);

    private static IEnumerable<string> Given(HostFile usual, HostFile file) =>
        Differences(Lines(usual.Content), Lines(file.Content), LinesAround).Select(l => "  " + l).Prepend(file.Path);

    // XenVlan's own scripts are the same on every host, and have tests of their own.
    private static bool IsScript(string? text) => text == VifHook.Text || text?.StartsWith("#!", StringComparison.Ordinal) == true;

    private static string[] Lines(string? text) =>
        text is null || text.Length == 0
            ? []
            : (text.EndsWith('\n') ? text[..^1] : text + "<no line feed>").Replace("\r", "<CR>", StringComparison.Ordinal).Split('\n');

    // The longest common subsequence, and of it only what is near a difference.
    private static IEnumerable<string> Differences(string[] before, string[] after, int around)
    {
        var length = new int[before.Length + 1, after.Length + 1];
        for (var i = before.Length - 1; i >= 0; i--)
        {
            for (var j = after.Length - 1; j >= 0; j--)
                length[i, j] = before[i] == after[j] ? length[i + 1, j + 1] + 1 : Math.Max(length[i + 1, j], length[i, j + 1]);
        }

        var lines = new List<string>();
        for (int i = 0, j = 0; i < before.Length || j < after.Length; )
        {
            if (i < before.Length && j < after.Length && before[i] == after[j])
            {
                lines.Add("  " + before[i++]);
                j++;
            }
            else if (i < before.Length && (j == after.Length || length[i + 1, j] >= length[i, j + 1]))
                lines.Add("- " + before[i++]);
            else
                lines.Add("+ " + after[j++]);
        }

        bool Differs(int at) => at >= 0 && at < lines.Count && lines[at][0] != ' ';
        return lines.Where((_, at) => Enumerable.Range(at - around, (2 * around) + 1).Any(Differs)).Select(l => l.TrimEnd());
    }
}
