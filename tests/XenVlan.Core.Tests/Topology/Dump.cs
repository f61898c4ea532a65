using System.Collections;
using System.Text;
using XenVlan.Hosts;
using XenVlan.Model;
using XenVlan.Topology;

namespace XenVlan.Tests.Topology;

/// <summary>Writes out all that a topology says, however it was written, without the places where it was.</summary>
internal static class Dump
{
    public static string Of(object? value) => Write(new StringBuilder(), value, 0).ToString();

    private static StringBuilder Write(StringBuilder text, object? value, int depth)
    {
        var lead = "\n" + new string(' ', depth * 2);
        switch (value)
        {
            case HostTarget target:
                return text.Append(target.IsLocal ? "this machine" : $"{target.UserName} at {target.Destination} port {target.Port}");
            case IEnumerable list and not (string or VlanSet):
                foreach (var item in list)
                    Write(text.Append(lead).Append("- "), item, depth + 1);
                return text;
            case not null when value.GetType().Namespace == typeof(TopologyDocument).Namespace:
                text.Append(value.GetType().Name);
                foreach (var property in value.GetType().GetProperties().Where(p => p.Name != nameof(TopologyHost.Position)))
                    Write(text.Append(lead).Append(property.Name).Append(": "), property.GetValue(value), depth + 1);
                return text;
            default:
                return text.Append(value ?? "null");
        }
    }
}
