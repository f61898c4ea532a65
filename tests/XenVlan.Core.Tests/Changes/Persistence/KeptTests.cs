using FsCheck;
using FsCheck.Fluent;
using Shouldly;
using XenVlan.Changes.Persistence.Files;
using XenVlan.Changes.Persistence.Ifupdown;
using XenVlan.Changes.Persistence.Networkd;
using XenVlan.Changes.Persistence.NetworkManagerProfiles;
using XenVlan.Changes.Persistence.NetworkScripts;
using XenVlan.Model;
using XenVlan.Tests.Model;
using Xunit;

namespace XenVlan.Tests.Changes.Persistence;

/// <summary>An editor that changes a value and changes it back leaves every byte of a file as it was.</summary>
public sealed class KeptTests
{
    private static readonly Gen<InterfaceAddress> Addresses = Gen.Zip(Gen.Choose(1, 254), Gen.Choose(8, 30))
        .Select(t => InterfaceAddress.Parse($"10.20.30.{t.Item1}/{t.Item2}"));

    private static readonly Gen<string> Lines = Gen.Elements(
            "# comment\n",
            "\n",
            "A=1 # one\n",
            "  B='two words'\n",
            "export C=\"3\"\n",
            "\t# IPADDR=1.2.3.4\n"
        )
        .ListOf()
        .Select(string.Concat);

    [Fact]
    public void An_address_of_a_keyfile_exchanged_twice_is_as_it_was() =>
        Prop.ForAll(
                Gen.Zip(
                        Gen.Zip(Addresses, Addresses),
                        Gen.Elements("", ",10.20.30.254", ";10.20.30.254;", " , 10.20.30.254 ", ";0.0.0.0;", ",10.20.30.254,5")
                    )
                    .ToArbitrary(),
                t =>
                {
                    var ((first, second), rest) = t;
                    var value = first + rest;
                    var other = ProfileAddress.With(value, second);
                    ProfileAddress.Parse(other).ShouldBe(second);
                    ProfileAddress.Gateway(other).ShouldBe(ProfileAddress.Gateway(value));
                    ProfileAddress.With(other, first).ShouldBe(value);
                }
            )
            .Holds(300);

    [Fact]
    public void An_address_of_an_ifcfg_file_exchanged_twice_is_as_it_was()
    {
        var quotes = Gen.Elements("", "'", "\"");
        Prop.ForAll(
                Gen.Zip(
                        Gen.Zip(Gen.Zip(Lines, Lines), Lines),
                        Gen.Zip(Gen.Zip(Addresses, Addresses), Gen.Zip(Gen.Zip(quotes, Gen.Elements("", "0", "1")), Gen.Elements(0, 1, 2)))
                    )
                    .ToArbitrary(),
                t =>
                {
                    var (((before, between), after), ((first, second), ((quote, number), mask))) = t;
                    var length = mask is 0
                        ? $"PREFIX{number}={quote}{first.PrefixLength}{quote}"
                        : $"NETMASK{number}={quote}{first.Mask}{quote}";
                    var text =
                        $"{before}IPADDR{number}={quote}{first.Address}{quote}   # was another\n{between}{length} # its "
                        + $"mask{(mask is 2 ? $"\nPREFIX{number}={first.PrefixLength}" : "")}\n{after}";

                    var there = IfcfgAddresses
                        .Without(new IfcfgFile("x", text), first, second, (value, _, _, _) => value)
                        .ShouldNotBeNull();
                    IfcfgAddresses.All(new IfcfgFile("x", there)).ShouldBe([second]);
                    there.Count(c => c == '\n').ShouldBe(text.Count(c => c == '\n'));
                    IfcfgAddresses.Without(new IfcfgFile("x", there), second, first, (value, _, _, _) => value).ShouldBe(text);
                }
            )
            .Holds(300);
    }

    [Fact]
    public void An_address_added_to_an_ifcfg_file_and_taken_away_leaves_no_trace() =>
        Prop.ForAll(
                Gen.Zip(Gen.Zip(Lines, Lines), Gen.Zip(Gen.Zip(Addresses, Addresses), Gen.Elements("", "0", "1"))).ToArbitrary(),
                t =>
                {
                    var ((before, after), ((first, second), number)) = t;
                    var text = $"{before}IPADDR{number}={first.Address}\n# between\nPREFIX{number}={first.PrefixLength}\n{after}";
                    if (first.Equals(second))
                        return;
                    var more = IfcfgAddresses.With(new IfcfgFile("x", text), second);
                    IfcfgAddresses.All(new IfcfgFile("x", more)).ShouldBe([first, second]);
                    IfcfgAddresses.Without(new IfcfgFile("x", more), second, null, (value, _, _, _) => value).ShouldBe(text);
                }
            )
            .Holds(300);

    [Fact]
    public void VLANs_are_limited_and_every_other_line_is_kept() =>
        Prop.ForAll(
                Gen.Zip(
                        Gen.Zip(Generators.VlanSets, Generators.VlanSets),
                        Gen.Elements("# comment\n", "\n", "; other\n", "[Network]\nBridge=x \n").ListOf()
                    )
                    .ToArbitrary(),
                t =>
                {
                    var ((there, wanted), others) = t;
                    var text =
                        string.Concat(others)
                        + string.Concat(
                            there.Ranges().Select((r, i) => i % 3 == 0 ? $"[BridgeVLAN]\nVLAN = {r} \n# of {i}\n" : $"VLAN={r}\n")
                        );
                    var limited = new IniFile(
                        "x",
                        NetworkdVlans.Limited(new IniFile("x", text, isSystemd: true), PortVlans.Trunk(wanted, null), hasLastWord: false),
                        isSystemd: true
                    );

                    NetworkdVlans.Read(new NetworkdUnit("x", limited, [])).Allowed.ShouldBe(there.Intersect(wanted));
                    Rest(limited.Text).ShouldBe(Rest(text));
                    if (there.Except(wanted).IsEmpty)
                        limited.Text.ShouldBe(text);
                }
            )
            .Holds(200);

    [Fact]
    public void A_line_of_interfaces_with_the_value_it_has_is_the_same_line() =>
        Prop.ForAll(
                Gen.Zip(
                        Gen.Zip(Gen.Elements("", "    ", "\t"), Gen.Elements(" ", "\t", "   ")),
                        Gen.Zip(Gen.Elements("eth1", "10.0.0.1/24", "a  b"), Gen.Elements("", "\n", " \n", "\t"))
                    )
                    .ToArbitrary(),
                t =>
                {
                    var ((indent, blanks), (value, end)) = t;
                    var line = InterfacesLine.Parse($"{indent}address{blanks}{value}{end}").ShouldHaveSingleItem();
                    line.WithValue(line.Value).ShouldBe(line.Raw);
                }
            )
            .Holds(100);

    // Lines that come and go are VLAN= lines, headers that have none left, and the empty line before such.
    private static IEnumerable<string> Rest(string text) =>
        text.Split('\n').Where(l => l.Length > 0 && !l.StartsWith("VLAN", StringComparison.Ordinal) && l != "[BridgeVLAN]");
}
