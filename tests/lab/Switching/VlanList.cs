using System.Collections;

namespace XenVlan.Lab.Switching;

/// <summary>The VLANs a port lets pass, read from <c>1,10,1000-1999</c>, <c>all</c> or <c>none</c>.</summary>
internal sealed class VlanList
{
    public const int First = 1;
    public const int Last = 4094;

    private readonly BitArray _ids = new(Last + 1);

    private VlanList() { }

    public bool Contains(int vlan) => vlan is >= First and <= Last && _ids[vlan];

    public static VlanList Parse(string text)
    {
        var list = new VlanList();
        var ranges = text switch
        {
            "all" => $"{First}-{Last}",
            "none" => "",
            _ => text,
        };
        foreach (var range in ranges.Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            var ends = range.Split('-');
            if (
                ends.Length > 2
                || !int.TryParse(ends[0], out var from)
                || !int.TryParse(ends[^1], out var to)
                || from < First
                || to > Last
                || from > to
            )
            {
                throw new LabException($"'{range}' is no VLAN or range of VLANs from {First} to {Last}");
            }

            for (var id = from; id <= to; id++)
            {
                list._ids[id] = true;
            }
        }

        return list;
    }
}
