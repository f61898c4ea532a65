namespace XenVlan.Changes.Persistence.NetplanYaml;

/// <summary>A list.</summary>
/// <param name="Items">Its items.</param>
/// <param name="Line">Where it begins.</param>
internal sealed record NetplanList(List<NetplanNode> Items, int Line = 0) : NetplanNode(Line);
