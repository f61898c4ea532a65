using System.Reflection;
using Shouldly;
using Xunit;

namespace XenVlan.Lab.Tests;

/// <summary>A class of tests outside the lanes would run beside others on the same host.</summary>
[Collection(Lanes.OwnHosts)]
public sealed class LanesTests
{
    [Fact]
    public void Every_class_of_tests_is_in_a_lane() =>
        typeof(Lanes)
            .Assembly.GetTypes()
            .Where(t => !t.IsAbstract && t.GetMethods().Any(m => m.GetCustomAttribute<FactAttribute>() is not null))
            .Where(t => t.GetCustomAttribute<CollectionAttribute>(inherit: true) is null)
            .ShouldBeEmpty();
}
