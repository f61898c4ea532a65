using System.Globalization;
using FsCheck.Fluent;
using Shouldly;
using XenVlan.Discovery.Parsing;
using XenVlan.Discovery.Probe;
using XenVlan.Tests.Model;
using Xunit;

namespace XenVlan.Tests.Discovery;

public sealed class PackedLinesTests
{
    [Fact]
    public void What_was_added_is_taken_out_however_much_it_is() =>
        Prop.ForAll(
                Generators.Texts.Select(t => t.Replace('\n', '\r')).ListOf().ToArbitrary(),
                few =>
                {
                    // Halves of pairs do not come from a stream.
                    var lines = few.Select(l => new string([.. l.Where(c => !char.IsSurrogate(c))]))
                        .Append(new string('x', 20_000))
                        .ToList();
                    using var packed = new PackedLines();
                    for (var i = 0; i < 20; i++)
                    {
                        foreach (var line in lines)
                            packed.Add(line);
                    }

                    packed.End().Count.ShouldBe(20 * lines.Count);
                    packed.IsPacked.ShouldBeTrue();
                    packed.SequenceEqual(Enumerable.Repeat(lines, 20).SelectMany(l => l)).ShouldBeTrue();
                    packed[lines.Count].ShouldBe(lines[0]);
                }
            )
            .Holds(20);

    [Theory]
    [InlineData("")]
    [InlineData("y")]
    public void Very_many_lines_of_next_to_nothing_take_little_room_too(string line)
    {
        using var packed = new PackedLines();
        for (var i = 0; i < 1_000_000; i++)
            packed.Add(line);
        packed.HeldBytes.ShouldBeLessThan(64 * 1024);
        packed.End().Count(l => l == line).ShouldBe(1_000_000);
    }

    [Fact]
    public void A_hundred_thousand_interfaces_take_little_room()
    {
        const int Interfaces = 100_000;
        string[] attributes =
        [
            "ifindex:1{0}",
            "iflink:1{0}",
            "address:52:54:00:00:00:01",
            "mtu:1500",
            "flags:0x1003",
            "carrier:1",
            "type:1",
            "statistics/rx_packets:{0}12",
            "statistics/tx_packets:{0}34",
            "uevent:DEVTYPE=vlan",
            "uevent:INTERFACE=eth{0}",
        ];
        using var packed = new PackedLines();
        foreach (var attribute in attributes)
        {
            for (var i = 0; i < Interfaces; i++)
                packed.Add(
                    string.Format(CultureInfo.InvariantCulture, "./eth" + i.ToString(CultureInfo.InvariantCulture) + "/" + attribute, i)
                );
        }

        packed.End().Count.ShouldBe(Interfaces * attributes.Length);
        packed.HeldBytes.ShouldBeLessThan(8 * 1024 * 1024);

        var found = SysfsParser.Parse(packed);
        found.Count.ShouldBe(Interfaces);
        found[7]["mtu"].ShouldBe("1500");
        found[^1]["DEVTYPE"].ShouldBe("vlan");
    }
}
