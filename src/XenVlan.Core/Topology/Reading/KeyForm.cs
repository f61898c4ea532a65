namespace XenVlan.Topology.Reading;

/// <summary>How the values of a key are laid out.</summary>
internal enum KeyForm
{
    /// <summary>One value.</summary>
    Single,

    /// <summary>A list of values.</summary>
    List,

    /// <summary>A mapping from names to values.</summary>
    Named,
}
