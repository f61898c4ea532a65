namespace XenVlan.Model;

/// <summary>One end of a wire.</summary>
/// <param name="HostName">The host.</param>
/// <param name="Interface">Its uplink.</param>
public sealed record WireEnd(string HostName, string Interface)
{
    /// <summary>The end as documents write it.</summary>
    /// <returns>Such as <c>a/eth1</c>.</returns>
    public override string ToString() => $"{HostName}/{Interface}";
}
