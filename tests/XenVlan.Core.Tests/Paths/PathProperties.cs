using FsCheck;
using FsCheck.Fluent;
using Shouldly;
using XenVlan.Model;
using XenVlan.Paths.Forwarding;
using XenVlan.Paths.Frames;
using XenVlan.Tests.Model;
using Xunit;

namespace XenVlan.Tests.Paths;

/// <summary>What holds for frames in any network without loops.</summary>
public sealed class PathProperties
{
    private const int Small = 100;
    private const int Networks = 300;

    // A network and one of its interfaces, where frames begin.
    private static readonly Gen<(GeneratedNetwork Network, InterfaceRef Source)> AnySource =
        from network in GeneratedNetwork.Any
        from source in Gen.Elements(network.Points.ToArray())
        select (network, source);

    [Fact]
    public void Many_ends_of_the_generated_networks_reach_each_other()
    {
        // Always the same networks, for a share of random ones may by chance be smaller.
        var (reached, all) = (0, 0);
        foreach (var (network, source) in AnySource.Sample(Networks, new Rnd(1), Networks))
        {
            reached += Walks(network, source).Count(w => w.Walk.Arrives == true);
            all += network.Points.Count - 1;
        }

        ((double)reached / all).ShouldBeInRange(0.15, 0.85);
    }

    [Fact]
    public void A_walk_arrives_where_the_flood_does_and_with_the_same_room() =>
        Prop.ForAll(
                AnySource.ToArbitrary(),
                from =>
                {
                    var flood = Flood(from.Network, from.Source);
                    foreach (var (target, walk) in Walks(from.Network, from.Source))
                    {
                        var arrival = flood.GetValueOrDefault((target.ToString(), null, false));
                        walk.Arrives.ShouldBe(
                            arrival is null ? false
                                : arrival.IsCertain ? true
                                : null,
                            $"to {target}"
                        );
                        if (arrival is not null)
                            walk.Mtu.ShouldBe(arrival.Mtu, $"to {target}");
                        walk.AlsoArrivesAt.ShouldBe(
                            flood
                                .Values.Where(f =>
                                    !f.End.IsBehind && f.Mtu >= Small && f.End.Point.Host == target.Host && f.End.Point != target
                                )
                                .Select(f => f.End.Point.Interface.Name)
                                .Order(StringComparer.Ordinal),
                            ignoreOrder: false,
                            $"to {target}"
                        );
                    }
                }
            )
            .Holds(200);

    [Fact]
    public void A_walk_comes_out_behind_the_vifs_where_the_flood_does() =>
        Prop.ForAll(
                AnySource.ToArbitrary(),
                from =>
                {
                    var flood = Flood(from.Network, from.Source);
                    var network = from.Network.Network();
                    foreach (
                        var vif in from.Network.Hosts.SelectMany(h =>
                            h.Interfaces.Where(i => i.Vif is not null).Select(i => new InterfaceRef(h, i))
                        )
                    )
                    {
                        foreach (var tag in new VlanTag?[] { null, new VlanTag(new VlanId(10), VlanProtocol.Dot1Q) })
                        {
                            var walk = FrameWalk.Run(
                                new ForwardingRules(network, FrameCast.Broadcast, FrameContent.Arp, LearnedPorts.None),
                                new Vantage(from.Source),
                                new Vantage(vif, tag, IsBehind: true),
                                Small
                            );
                            var arrival = flood.GetValueOrDefault((vif.ToString(), tag, true));
                            walk.Arrives.ShouldBe(
                                arrival is null ? false
                                    : arrival.IsCertain ? true
                                    : null,
                                $"behind {vif}, tag {tag}"
                            );
                            if (arrival is not null)
                                walk.Mtu.ShouldBe(arrival.Mtu, $"behind {vif}, tag {tag}");
                        }
                    }
                }
            )
            .Holds(200);

    [Fact]
    public void A_packet_arrives_up_to_the_room_of_its_way_and_no_larger_one() =>
        Prop.ForAll(
                AnySource.ToArbitrary(),
                from =>
                {
                    var network = from.Network.Network();
                    foreach (var (target, walk) in Walks(from.Network, from.Source).Where(w => w.Walk.Arrives != false))
                    {
                        var room = walk.Mtu.ShouldNotBeNull();
                        foreach (var size in new[] { 0, Small / 2, (Small + room) / 2, room })
                            FrameWalk.Run(network, from.Source, target, size).Arrives.ShouldBe(walk.Arrives, $"{size} bytes to {target}");
                        foreach (var size in new[] { room + 1, room + 100 })
                            FrameWalk
                                .Run(network, from.Source, target, size)
                                .Obstacle.ShouldNotBeNull($"{size} bytes to {target}")
                                .Reason.ShouldBe(PathReason.MtuTooSmall);
                    }
                }
            )
            .Holds(50);

    [Fact]
    public void What_is_unreachable_names_the_first_hop_that_drops_the_frame() =>
        Prop.ForAll(
                AnySource.ToArbitrary(),
                from =>
                {
                    foreach (var (target, walk) in Walks(from.Network, from.Source).Where(w => w.Walk.Arrives == false))
                    {
                        if (!walk.IsConnected)
                        {
                            walk.Hops.ShouldBeEmpty($"to {target}");
                            walk.Obstacle.ShouldBeNull($"to {target}");
                            continue;
                        }

                        var obstacle = walk.Obstacle.ShouldNotBeNull($"to {target}");
                        obstacle.ShouldBeSameAs(walk.Hops.First(h => h.Verdict is HopVerdict.Drops));
                        obstacle.Reason.ShouldNotBe(PathReason.None, $"to {target}");
                        obstacle.Action.ShouldNotBeEmpty($"to {target}");
                    }
                }
            )
            .Holds(60);

    [Fact]
    public void What_is_mended_where_the_obstacle_is_named_is_in_the_way_no_more()
    {
        var asked =
            from start in AnySource
            from target in Gen.Elements(start.Network.Points.Where(p => p != start.Source).DefaultIfEmpty(start.Source).ToArray())
            select (start.Network, Source: start.Source.ToString(), Target: target.ToString());
        Prop.ForAll(
                asked.ToArbitrary(),
                asked =>
                {
                    var (network, mended) = (asked.Network, new HashSet<(string, PathReason, string)>());
                    while (
                        asked.Source != asked.Target
                        && Walk(network, asked.Source, asked.Target).Obstacle is { } obstacle
                        && Loosening.Mend(obstacle) is { } mend
                    )
                    {
                        mended
                            .Add(($"{obstacle.HostName}/{obstacle.Interface}", obstacle.Reason, string.Join(' ', obstacle.Tags)))
                            .ShouldBeTrue($"{obstacle} from {asked.Source} to {asked.Target}");
                        network = network.With(obstacle.HostName, obstacle.Interface, mend);
                    }
                }
            )
            .Holds(200);
    }

    [Fact]
    public void Loosening_a_setting_takes_no_way_away()
    {
        var loosened =
            from start in AnySource
            from target in Gen.Elements(start.Network.Points.ToArray())
            from setting in Gen.OneOf(Gen.Constant(Loosening.All[0]), Gen.Elements(Loosening.All.ToArray()))
            select (start.Network, Source: start.Source.ToString(), Target: target.ToString(), Setting: setting);
        Prop.ForAll(
                loosened.ToArbitrary(),
                l =>
                {
                    foreach (var (host, link) in l.Network.Hosts.SelectMany(h => h.Interfaces.Select(i => (h.HostName, i.Name))))
                    {
                        var tight = l.Network.With(host, link, l.Setting.Less);
                        var loose = tight.With(host, link, l.Setting.More);
                        var flood = Flood(loose, Point(loose, l.Source));
                        foreach (var (end, before) in Flood(tight, Point(tight, l.Source)))
                        {
                            var now = flood.GetValueOrDefault(end).ShouldNotBeNull($"{end.Place} after a change of {host}/{link}");
                            now.Mtu.ShouldBeGreaterThanOrEqualTo(before.Mtu, $"{end.Place} after a change of {host}/{link}");
                            (now.IsCertain || !before.IsCertain).ShouldBeTrue($"{end.Place} after a change of {host}/{link}");
                        }

                        if (l.Target != l.Source && Predict(tight, l.Source, l.Target).Reachable == true)
                            Predict(loose, l.Source, l.Target).Reachable.ShouldBe(true, $"{l.Target} after a change of {host}/{link}");
                    }
                }
            )
            .Holds(150);
    }

    [Fact]
    public void Isolating_two_ports_parts_the_two_domains_and_nobody_else() =>
        Prop.ForAll(
                GeneratedNetwork.Any.ToArbitrary(),
                network =>
                {
                    foreach (var host in network.Hosts)
                    {
                        foreach (
                            var vifs in host
                                .Interfaces.Where(i => i.Vif is not null)
                                .GroupBy(i => i.Master)
                                .Select(g => g.ToList())
                                .Where(v => v.Count > 1)
                        )
                        {
                            var together = host
                                .Interfaces.Where(i => i.Master == vifs[0].Master)
                                .Aggregate(
                                    network,
                                    (n, port) => n.With(host.HostName, port.Name, i => i with { Port = i.Port! with { Isolated = false } })
                                );
                            var apart = vifs.Aggregate(
                                together,
                                (n, vif) => n.With(host.HostName, vif.Name, i => i with { Port = i.Port! with { Isolated = true } })
                            );
                            var guests = vifs.ConvertAll(v => $"{host.HostName}-guest{v.Vif!.DomainId}");
                            foreach (var source in together.Points)
                            {
                                var flood = Flood(apart, Point(apart, source.ToString()))
                                    .Values.Where(f => !f.End.IsBehind)
                                    .Select(f => f.End.ToString());
                                var open = Flood(together, source).Values.Where(f => !f.End.IsBehind);
                                flood.ShouldBe(
                                    open.Where(f =>
                                            !(
                                                guests.Contains(source.Host.HostName)
                                                && guests.Contains(f.End.Point.Host.HostName)
                                                && f.End.Point.Host.HostName != source.Host.HostName
                                            )
                                        )
                                        .Select(f => f.End.ToString()),
                                    ignoreOrder: true,
                                    $"from {source}"
                                );
                            }
                        }
                    }
                }
            )
            .Holds(60);

    [Fact]
    public void Predictions_do_not_depend_on_the_order_in_which_things_are_listed()
    {
        var shuffled = from start in AnySource from seed in Gen.Choose(0, int.MaxValue) select (start.Network, start.Source, Seed: seed);
        Prop.ForAll(
                shuffled.ToArbitrary(),
                s =>
                {
                    var other = Shuffle(s.Network, new Random(s.Seed));
                    foreach (var target in s.Network.Points.Where(p => p != s.Source))
                    {
                        var one = Predict(s.Network, s.Source.ToString(), target.ToString());
                        var two = Predict(other, s.Source.ToString(), target.ToString());
                        two.Reachable.ShouldBe(one.Reachable, $"to {target}");
                        two.Forward.AlsoArrivesAt.ShouldBe(one.Forward.AlsoArrivesAt, $"to {target}");

                        // Of two ways with as much in them either may be named.
                        two.Forward.Hops.Count.ShouldBe(one.Forward.Hops.Count, $"to {target}");
                        if (one.Forward.Arrives != false)
                            two.Forward.Hops.Select(h => (h.ToString(), h.Mtu))
                                .ShouldBe(one.Forward.Hops.Select(h => (h.ToString(), h.Mtu)), $"to {target}");
                    }
                }
            )
            .Holds(50);
    }

    private static GeneratedNetwork Shuffle(GeneratedNetwork network, Random random)
    {
        return new(
            Mixed(network.Hosts.Select(h => h with { Interfaces = Mixed(h.Interfaces), Vifs = Mixed(h.Vifs) })),
            Mixed(network.Wires.Select(w => w with { Ends = Mixed(w.Ends) }))
        );

        T[] Mixed<T>(IEnumerable<T> items)
        {
            var mixed = items.ToArray();
            random.Shuffle(mixed);
            return mixed;
        }
    }

    private static InterfaceRef Point(GeneratedNetwork network, string name) => network.Points.Single(p => p.ToString() == name);

    private static WalkResult Walk(GeneratedNetwork network, string source, string target) =>
        FrameWalk.Run(network.Network(), Point(network, source), Point(network, target), Small);

    private static PathPrediction Predict(GeneratedNetwork network, string source, string target) =>
        PathPrediction.Make(network.Network(), Point(network, source), Point(network, target), Small);

    private static List<(InterfaceRef Target, WalkResult Walk)> Walks(GeneratedNetwork generated, InterfaceRef source)
    {
        var network = generated.Network();
        return [.. generated.Points.Where(p => p != source).Select(p => (p, FrameWalk.Run(network, source, p, Small)))];
    }

    private static Dictionary<(string Place, VlanTag? Tag, bool IsBehind), FloodArrival> Flood(
        GeneratedNetwork network,
        InterfaceRef source
    ) =>
        FrameFlood
            .From(network.Network(), new Vantage(source))
            .Where(f => f.End.IsBehind || f.End.Point != source)
            .ToDictionary(f => (f.End.ToString(), f.End.Tag, f.End.IsBehind));
}
