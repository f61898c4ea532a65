namespace XenVlan.Topology.Reading;

/// <summary>A key whose value, or each of whose values, is an object with keys of its own.</summary>
/// <param name="Name">The key.</param>
/// <param name="Shape">The keys of the object.</param>
/// <param name="Description">What it means, in one line.</param>
/// <param name="Form">How its values are laid out.</param>
/// <param name="IsRequired">Whether it must be there.</param>
internal sealed record ObjectKey(
    string Name,
    Shape Shape,
    string Description,
    KeyForm Form = KeyForm.Single,
    bool IsRequired = false)
    : DocumentKey(Name, Shape.Name, Description, Form, IsRequired);
