using System.Reflection;
using Shouldly;
using XenVlan.Model;
using Xunit;

namespace XenVlan.Tests.Model;

/// <summary>What users' scripts are given: the same in every process, and nobody's to change.</summary>
public sealed class XenObjectTests
{
    private static readonly Type[] Values =
    [
        typeof(VlanId),
        typeof(VlanSet),
        typeof(MacAddress),
        typeof(InterfaceAddress),
        typeof(InterfaceName),
    ];

    /// <summary>All kinds of objects.</summary>
    public static TheoryData<Type> Kinds =>
        [.. typeof(XenObject).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(XenObject)) && !t.IsAbstract)];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void An_object_is_read_only_and_of_numbers_and_texts(Type kind)
    {
        var properties = kind.GetProperties(BindingFlags.Public | BindingFlags.Instance);

        properties.ShouldContain(p => p.Name == nameof(XenObject.HostName));
        properties.Where(p => p.GetSetMethod() is not null).Select(p => p.Name).ShouldBeEmpty();
        properties.Where(p => Holds(p.PropertyType).Any(Values.Contains)).Select(p => p.Name).ShouldBeEmpty();
        properties.Where(p => Holds(p.PropertyType).Contains(typeof(HostSnapshot))).Select(p => p.Name).ShouldBeEmpty();
    }

    [Fact]
    public void There_are_such_kinds() => Kinds.Count.ShouldBeGreaterThan(6);

    private static IEnumerable<Type> Holds(Type type) =>
        type.IsGenericType ? type.GetGenericArguments().SelectMany(Holds).Append(type) : [Nullable.GetUnderlyingType(type) ?? type];
}
