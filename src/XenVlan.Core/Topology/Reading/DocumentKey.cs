namespace XenVlan.Topology.Reading;

/// <summary>A key that an object of a document may have.</summary>
/// <param name="Name">The key.</param>
/// <param name="Type">What its value is, by the name in the JSON Schema.</param>
/// <param name="Description">What it means, in one line; the JSON Schema shows the same.</param>
/// <param name="Form">How its values are laid out.</param>
/// <param name="IsRequired">Whether it must be there.</param>
internal abstract record DocumentKey(string Name, string Type, string Description, KeyForm Form, bool IsRequired);
